// The keyboard: Space, arrows and M, as long as nobody is typing and nothing else wants the key.

const TYPING = "input, textarea, select, [contenteditable]";
const PRESSABLE = "button, a[href], summary, [role=button]";
const SHEET = ":popover-open";

/**
 * @param {Document} page
 * @param {Record<string, () => void>} actions by key name, Space as " "
 * @param {() => boolean} enabled
 */
export function listenToKeys(page, actions, enabled) {
  const hasSheets = CSS.supports(`selector(${SHEET})`);
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : page.body;
    if (target.closest(TYPING) || (hasSheets && page.querySelector(SHEET))) return;
    // Space and Enter press what has the focus; that must stay so.
    if (event.key === " " && target.closest(PRESSABLE)) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !enabled()) return;
    event.preventDefault();
    act();
  });
}
