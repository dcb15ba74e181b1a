// Everybody's own way through a session: another pace, taps, any step, one left out or replaced, big
// figures. Turns presses into the player's events; the rules are in reducer.js.

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./settings.js").Settings} Settings */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.root
 * @param {Player} parts.player
 * @param {import("./view.js").View} parts.view
 * @param {() => Settings} parts.settings
 * @param {(changes: Partial<Settings>) => void} parts.set
 */
export function listenToWays({ root, player, view, settings, set }) {
  listenToChoices(root, player, settings, set);
  listenToLeavingOut(root, player, view);
  for (const button of all(root, "[data-jump]")) {
    button.addEventListener("click", () => {
      const step = Number(button.dataset.jump);
      const first = player.state.timeline.segments.findIndex((segment) => segment.step === step);
      player.do("seek", { segment: first });
      // Before the start somebody may still look around.
      if (player.base.status !== "ready") root.scrollIntoView({ block: "start" });
    });
  }
  for (const button of all(root, "[data-instead]")) {
    button.addEventListener("click", () => {
      const { instead, inStep } = button.dataset;
      player.do("instead", { step: Number(inStep), to: instead });
      /** @type {HTMLButtonElement} */ (button).disabled = true;
    });
  }
}

/**
 * What holds for every session on this device: told as events when one starts, and when changed.
 * @param {HTMLElement} root
 * @param {Player} player
 * @param {() => Settings} settings
 * @param {(changes: Partial<Settings>) => void} set
 */
function listenToChoices(root, player, settings, set) {
  const pace = /** @type {HTMLSelectElement} */ (root.querySelector('[data-way="pace"]'));
  const taps = /** @type {HTMLSelectElement} */ (root.querySelector('[data-way="taps"]'));
  const distance = /** @type {HTMLInputElement} */ (root.querySelector('[data-way="distance"]'));
  const far = () => root.toggleAttribute("data-distance", distance.checked);
  pace.value = String(settings().pace);
  taps.value = settings().taps;
  distance.checked = settings().distance;
  far();
  pace.addEventListener("change", () => {
    set({ pace: Number(pace.value) });
    player.do("pace", { percent: Number(pace.value) });
  });
  taps.addEventListener("change", () => {
    set({ taps: taps.value });
    player.do("taps", { on: taps.value });
  });
  distance.addEventListener("change", () => {
    set({ distance: distance.checked });
    far();
  });
}

/**
 * Bring a session that has not begun into this device's way.
 * @param {Player} player
 * @param {Settings} settings
 */
export function takeOver(player, { pace, taps }) {
  if (player.base.status !== "ready" || player.events.length) return;
  if (pace !== 100) player.do("pace", { percent: pace });
  if (taps) player.do("taps", { on: taps });
}

/**
 * @param {HTMLElement} root
 * @param {Player} player
 * @param {import("./view.js").View} view
 */
function listenToLeavingOut(root, player, view) {
  const sheet = /** @type {HTMLElement} */ (root.querySelector("#leave-out"));
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (sheet.querySelector(`[data-${name}]`));
  const [reasons, offer, offers] = [part("reasons"), part("offer"), part("offers")];
  let why = "";
  const goOn = () => {
    sheet.hidePopover();
    player.do("resume");
  };
  const leaveOut = () => {
    player.do("skip", { why });
    goOn();
  };
  sheet.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    player.do("pause");
    reasons.hidden = false;
    offer.hidden = true;
  });
  part("go-on").addEventListener("click", leaveOut);
  for (const button of all(sheet, "[data-why]")) {
    button.addEventListener("click", () => {
      why = button.dataset.why ?? "";
      const { timeline, position, instead } = player.state;
      const step = timeline.segments.findLast((segment) => segment.starts_ms <= position)?.step ?? 0;
      const others = all(root, `[data-instead-of="${step}"]`).filter(({ dataset }) => dataset.key !== instead[step]);
      if (why === "no_time" || (why !== "hurts" && !others.length)) {
        leaveOut();
        return;
      }
      part("offer-hurts").hidden = why !== "hurts";
      part("offer-words").textContent = others.length ? (view.words.offer ?? "") : "";
      offers.replaceChildren(...others.map((other) => offerOf(other, step)));
      reasons.hidden = true;
      offer.hidden = false;
      sheet.querySelector("h2")?.focus();
    });
  }

  /** @param {HTMLElement} other @param {number} step */
  function offerOf(other, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button big primary";
    button.textContent = other.dataset.label ?? "";
    button.addEventListener("click", () => {
      player.do("instead", { step, to: other.dataset.key, why });
      goOn();
    });
    return button;
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 */
function all(root, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}
