// Plus and minus beside a number. The limits are those of the field itself.

/**
 * The number one tap further: on the grid of `by`, never beyond the limits.
 * @param {number} value
 * @param {number} by size of a step
 * @param {1 | -1} direction
 * @param {number} low
 * @param {number} high
 */
export function next(value, by, direction, low, high) {
  const onGrid = direction > 0 ? Math.floor(value / by) * by + by : Math.ceil(value / by) * by - by;
  return Math.min(Math.max(onGrid, low), high);
}

/** @param {Event} event */
function tap(event) {
  const button = /** @type {Element} */ (event.target).closest("button[data-direction]");
  if (!(button instanceof HTMLButtonElement)) return;
  const input = button.parentElement?.querySelector("input");
  if (!input) return;
  const direction = button.dataset.direction === "more" ? 1 : -1;
  const value = next(
    Number(input.value) || 0,
    Number(input.dataset.by) || 1,
    direction,
    Number(input.min),
    Number(input.max),
  );
  if (String(value) === input.value) return;
  input.value = String(value);
  // The form saves itself when a field changes; several quick taps are saved once.
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Listen on the whole page, because forms come and go. */
export function stepNumbers() {
  document.addEventListener("click", tap);
}
