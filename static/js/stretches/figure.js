// The moving picture of a stretch: fetched, put in the place of the two stills, paused and played.
// Without this module, or where the fetch fails, the stills stay. Draws nothing itself.

/**
 * Where a figure's picture is: in the markup of templates/stretches/_picture.html.
 * @typedef {{live: HTMLElement, poses: HTMLElement, button: HTMLButtonElement, word: HTMLElement}} Parts
 */

let made = 0;

export class MovingFigure {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.parts = partsOf(root);
    /** @type {SVGSVGElement | undefined} */
    this.picture = undefined;
    this.plays = false;
    this.parts.button.addEventListener("click", () => this.toggle());
    this.parts.button.hidden = false;
  }

  async toggle() {
    if (this.plays) this.pause();
    else await this.play();
  }

  /** Move; the first time the picture has to come over the network. */
  async play() {
    this.picture ??= await this.#fetched();
    this.root.toggleAttribute("data-failed", !this.picture);
    if (!this.picture) return;
    this.root.toggleAttribute("data-shown", true);
    this.parts.live.hidden = false;
    this.parts.poses.hidden = true;
    this.picture.unpauseAnimations();
    this.#tell(true);
  }

  /** Hold still where it is. */
  pause() {
    this.picture?.pauseAnimations();
    this.#tell(false);
  }

  /** @param {boolean} plays */
  #tell(plays) {
    this.plays = plays;
    this.root.toggleAttribute("data-plays", plays);
    const { button, word } = this.parts;
    word.textContent = (plays ? button.dataset.pause : button.dataset.play) ?? "";
  }

  /** @returns {Promise<SVGSVGElement | undefined>} */
  async #fetched() {
    try {
      const answer = await fetch(this.root.dataset.moving ?? "");
      if (!answer.ok) return undefined;
      const picture = inlined(await answer.text());
      if (picture) this.parts.live.replaceChildren(picture);
      return picture;
    } catch {
      return undefined; // the stills say it too
    }
  }
}

/**
 * A picture's text as an element of this page: its style sheet is left out, because the page's own
 * policy would block it and css/figures.css has the colours; its ids become unique; its words go,
 * because the element around it says them.
 * @param {string} text
 * @returns {SVGSVGElement | undefined}
 */
export function inlined(text) {
  const plain = text.replace(/<style>.*?<\/style>/gs, "");
  const parsed = new DOMParser().parseFromString(plain, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") return undefined;
  const picture = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(parsed, true)));
  for (const element of picture.querySelectorAll("script, title, desc")) element.remove();
  made += 1;
  const suffix = `-${made}`;
  for (const element of [picture, ...picture.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "id") element.setAttribute(name, value + suffix);
      else if (name === "href" && value.startsWith("#")) element.setAttribute(name, value + suffix);
      else if (value.includes("url(#"))
        element.setAttribute(name, value.replace(/url\(#([^)]+)\)/g, `url(#$1${suffix})`));
    }
  }
  picture.removeAttribute("aria-labelledby");
  picture.removeAttribute("role");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("focusable", "false");
  return picture;
}

/**
 * @param {HTMLElement} root
 * @returns {Parts}
 */
function partsOf(root) {
  const found = /** @param {string} selector */ (selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
  const button = /** @type {HTMLButtonElement} */ (found(".figure-button"));
  return {
    live: found(".figure-live"),
    poses: found(".figure-poses"),
    button,
    word: found(".figure-button [data-word]"),
  };
}

const still = matchMedia("(prefers-reduced-motion: reduce)");
for (const root of document.querySelectorAll("[data-figure]")) {
  const figure = new MovingFigure(/** @type {HTMLElement} */ (root));
  // The page was opened to see how it goes; whoever wants no motion asks for it.
  if (!still.matches) figure.play();
}
