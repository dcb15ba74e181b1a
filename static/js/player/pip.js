// A small window that stays on top of all others: the number, the name, the side and Pause. It only
// mirrors the page; loaded when somebody asks for it, and only where the browser has such windows.

const MIRRORED = ["kind-words", "name", "side-words", "number", "toggle"];

/** @typedef {{ requestWindow: (options: { width: number, height: number }) => Promise<Window> }} Windows */

/**
 * @param {HTMLElement} root
 * @param {() => void} toggle
 */
export async function openSmallWindow(root, toggle) {
  const windows = /** @type {{ documentPictureInPicture?: Windows }} */ (/** @type {unknown} */ (window));
  const small = await windows.documentPictureInPicture?.requestWindow({ width: 300, height: 260 });
  if (!small) return;
  const page = small.document;
  page.documentElement.lang = document.documentElement.lang;
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) page.head.append(sheet.cloneNode());
  const body = page.body;
  body.className = "small-window session";
  for (const name of MIRRORED) {
    const part = page.createElement(name === "toggle" ? "button" : "p");
    part.className = name === "toggle" ? "button primary" : `small-${name}`;
    part.dataset.mirror = name;
    body.append(part);
  }
  body.querySelector("button")?.addEventListener("click", toggle);
  const mirror = () => {
    Object.assign(body.dataset, { state: root.dataset.state, kind: root.dataset.kind });
    for (const name of MIRRORED) {
      const part = /** @type {HTMLElement} */ (body.querySelector(`[data-mirror="${name}"]`));
      const text = root.querySelector(`[data-${name}]`)?.textContent ?? "";
      if (part.textContent !== text) part.textContent = text;
    }
  };
  mirror();
  const watch = new MutationObserver(mirror);
  watch.observe(root, { attributes: true, childList: true, subtree: true });
  small.addEventListener("pagehide", () => watch.disconnect());
}
