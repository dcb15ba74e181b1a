// What every page needs: the device's time zone, and plain words when a request fails.
// Page-specific behaviour lives in its own modules.
import { announceErrors } from "./lib/htmx-errors.js";
import { tellZone } from "./lib/zone.js";

tellZone();
announceErrors();
