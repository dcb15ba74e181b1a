// A worker that wakes the player: at the next deadline, and at least five times a second. Timers of
// a page in the background are slowed down to one a minute; those of a worker are not.
// In: milliseconds to the next deadline, or null to sleep. Out: an empty message at every tick.

const HEARTBEAT_MS = 200;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {number | null} */
let due = null;

function arm() {
  clearTimeout(timer);
  if (due !== null) timer = setTimeout(tick, Math.max(0, Math.min(HEARTBEAT_MS, due - performance.now())));
}

function tick() {
  if (due !== null && due <= performance.now()) due = Number.POSITIVE_INFINITY;
  postMessage(null);
  arm();
}

addEventListener("message", (event) => {
  // A little late, because a little early by the page's clock would be too early: nothing to do yet.
  due = event.data === null ? null : performance.now() + event.data + 1;
  arm();
});
