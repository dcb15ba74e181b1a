// The builder's extras over plain forms: drag, plus and minus, focus that stays. Without this file all still works.
import { keepFocus } from "./focus.js";
import { sortByDrag } from "./sort.js";
import { stepNumbers } from "./steppers.js";
import { keepTyped } from "./typed.js";
import { sendNewestVersion } from "./version.js";

document.documentElement.dataset.script = "on";
sendNewestVersion();
keepFocus();
keepTyped();
stepNumbers();
sortByDrag();
