// Arrow keys in the calendar, the large month and the year as one: one stop for Tab, and the arrows go from
// day to day, wherever on the page a day stands.
// The tables and links are complete without this; it only adds ways to move, and a line that says
// in words what is under the pointer or the focus.

/** How far a key moves, in days; four weeks keep the weekday.
 * @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7, PageDown: 28, PageUp: -28 };

/** What takes the focus in each day that has come: its link, or its number where there is no link.
 * @param {HTMLElement} calendar
 * @returns {HTMLElement[]} */
function stopsOf(calendar) {
  /** @type {NodeListOf<HTMLElement>} */
  const found = calendar.querySelectorAll("td[data-day]:not([data-state='future']) > :first-child");
  return [...found];
}

/** Where a key leads from the day with index `at`, or null for a key that is none of ours.
 * @param {KeyboardEvent} event
 * @param {number} at
 * @param {number} last
 * @param {boolean} mirrored whether the text runs from right to left
 */
function whereTo(event, at, last, mirrored) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Home") return 0;
  if (event.key === "End") return last;
  const days = MOVES[event.key];
  if (days === undefined) return null;
  const sideways = Math.abs(days) === 1;
  const to = at + (sideways && mirrored ? -days : days);
  return Math.min(Math.max(to, 0), last);
}

/** @param {HTMLElement[]} calendars the one shown large first */
function roam(calendars) {
  /** @param {HTMLElement} stop */
  const dayOf = (stop) => stop.closest("td")?.dataset.day ?? "";
  const stops = calendars.flatMap(stopsOf).sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  const shown = stopsOf(/** @type {HTMLElement} */ (calendars[0]));
  let current = shown.find((stop) => stop.closest("[aria-current]")) ?? shown.at(-1) ?? stops.at(-1);
  for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;

  for (const calendar of calendars) rove(calendar);

  /** @param {HTMLElement} calendar */
  function rove(calendar) {
    calendar.addEventListener("focusin", (event) => {
      const stop = stops.find((one) => one === event.target);
      if (!stop || !current) return;
      current.tabIndex = -1;
      stop.tabIndex = 0;
      current = stop;
    });
    calendar.addEventListener("keydown", (event) => {
      const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
      if (at < 0) return;
      const mirrored = getComputedStyle(calendar).direction === "rtl";
      const to = whereTo(event, at, stops.length - 1, mirrored);
      if (to === null) return;
      event.preventDefault();
      stops[to]?.focus();
    });
  }
}

/** Say in a line of text what a day holds, while it is pointed at or focused. All words are the page's own.
 * @param {HTMLElement} calendar
 * @param {HTMLElement} line */
function tellDays(calendar, line) {
  /** @param {Event} event */
  function tell(event) {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    const month = cell?.closest("table");
    const said = cell?.querySelector(".visually-hidden")?.textContent;
    if (!cell || !month || !said) return;
    const weekday = month.tHead?.rows[0]?.cells[cell.cellIndex]?.getAttribute("aria-label");
    const day = cell.querySelector(":scope > *")?.firstChild?.textContent;
    line.textContent = `${weekday}, ${day} ${month.dataset.name}: ${said.replace(/^.*?[,:]\s*/, "")}`;
  }

  line.hidden = false;
  calendar.addEventListener("focusin", tell);
  calendar.addEventListener("pointerover", tell);
}

/** Where the months are leafed through sideways, begin at this one; newer browsers do so by the style sheet.
 * @param {HTMLElement} calendar */
function showThisMonth(calendar) {
  if (CSS.supports("scroll-initial-target", "nearest")) return;
  const month = calendar.querySelector("[data-now]");
  if (month instanceof HTMLElement && !location.hash) calendar.scrollLeft = month.offsetLeft;
}

/** @type {NodeListOf<HTMLElement>} */
const found = document.querySelectorAll("[data-calendar]");
const line = document.querySelector("[data-said]");
if (found.length) roam([...found]);
for (const calendar of found) {
  showThisMonth(calendar);
  if (line instanceof HTMLElement) tellDays(calendar, line);
}
