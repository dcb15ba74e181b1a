// Dragging a step to another place. Only by its handle, so that scrolling with a finger never moves anything;
// the buttons do the same for everybody else.
import Sortable from "../../vendor/sortable.esm.js";

/** @type {HTMLElement | null} */
let sorted = null;

/** @param {HTMLElement} list */
function orderOf(list) {
  return [...list.querySelectorAll("[data-id]")].map((item) => /** @type {HTMLElement} */ (item).dataset.id).join(",");
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} item
 */
function save(list, item) {
  const form = document.getElementById("order-form");
  if (!(form instanceof HTMLFormElement)) return;
  const order = form.elements.namedItem("order");
  const moved = form.elements.namedItem("moved");
  if (!(order instanceof HTMLInputElement) || !(moved instanceof HTMLInputElement)) return;
  order.value = orderOf(list);
  moved.value = item.dataset.id ?? "";
  form.requestSubmit();
}

function attach() {
  const list = document.getElementById("steps");
  if (!list || list === sorted) return;
  sorted = list;
  let before = "";
  Sortable.create(list, {
    handle: ".grip",
    draggable: ".build-step",
    animation: 150,
    // Pointer events everywhere: the browser's own dragging differs between mouse and finger.
    forceFallback: true,
    onStart: () => {
      before = orderOf(list);
    },
    onEnd: ({ item }) => {
      if (orderOf(list) !== before) save(list, item);
    },
  });
}

/** Attach to the list, and to the one that replaces it. */
export function sortByDrag() {
  attach();
  document.addEventListener("htmx:after:swap", attach);
}
