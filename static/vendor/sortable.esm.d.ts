// The part of SortableJS 1.15 that this project uses; the vendored file itself is not checked.

export interface SortableEvent {
  readonly item: HTMLElement;
  readonly oldIndex?: number;
  readonly newIndex?: number;
}

export interface SortableOptions {
  animation?: number;
  handle?: string;
  draggable?: string;
  ghostClass?: string;
  chosenClass?: string;
  dragClass?: string;
  filter?: string;
  forceFallback?: boolean;
  delay?: number;
  delayOnTouchOnly?: boolean;
  onStart?: (event: SortableEvent) => void;
  onEnd?: (event: SortableEvent) => void;
  onUpdate?: (event: SortableEvent) => void;
}

export default class Sortable {
  constructor(element: HTMLElement, options?: SortableOptions);
  static create(element: HTMLElement, options?: SortableOptions): Sortable;
  destroy(): void;
  option(name: keyof SortableOptions, value: unknown): void;
  toArray(): string[];
}
