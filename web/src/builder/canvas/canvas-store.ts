import type { Layout } from '@sallyport/contract';
import { createStore } from 'zustand/vanilla';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a gesture shows before it is done; nothing of it is in the document. */
export interface CanvasState {
  /** Places that stand in for the document's while something is moved or resized. */
  readonly layouts: ReadonlyMap<string, Layout>;
  /** Where what is moved would land, in pixels of the page; and into which container. */
  readonly landing: { readonly box: Box; readonly parent: string | undefined } | undefined;
  readonly moving: ReadonlySet<string>;
  readonly marquee: Box | undefined;
}

const still: CanvasState = { layouts: new Map(), landing: undefined, moving: new Set(), marquee: undefined };

export const createCanvasStore = () =>
  createStore<CanvasState & { show(part: Partial<CanvasState>): void; rest(): void }>()((set) => ({
    ...still,
    show: (part) => set(part),
    rest: () => set(still),
  }));
export type CanvasStore = ReturnType<typeof createCanvasStore>;

export interface Canvas {
  readonly store: CanvasStore;
  /** The page on the canvas. */
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
}
