// What the pages' scripts find on `window` besides the platform.

interface Htmx {
  process(element: Element): void;
  trigger(element: Element | string, event: string, detail?: unknown): void;
  ajax(verb: string, path: string, options?: Record<string, unknown>): Promise<void>;
}

declare global {
  interface Window {
    htmx: Htmx;
  }
}

export {};
