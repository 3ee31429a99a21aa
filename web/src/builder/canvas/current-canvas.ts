import type { Builder } from '../builder-context.ts';
import type { CanvasStore } from './canvas-store.ts';

export interface Canvas {
  readonly store: CanvasStore;
  /** The page on the canvas. */
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
}

const canvases = new WeakMap<Builder, Canvas>();

/** Tells which canvas shows a builder's page, so that the palette can drag onto it. */
export function setCurrentCanvas(builder: Builder, canvas: Canvas | undefined): void {
  if (canvas) canvases.set(builder, canvas);
  else canvases.delete(builder);
}

export const currentCanvas = (builder: Builder): Canvas | undefined => canvases.get(builder);
