import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { AppSession } from '../runtime/engine/session-types.ts';
import type { Canvas } from './canvas/canvas-store.ts';
import type { Copies } from './document/browser-copies.ts';
import type { EditorStore } from './document/editor-store.ts';
import type { Saver } from './document/saver.ts';
import type { RunLog } from './live/run-log.ts';
import type { PanelStore } from './queries/panel-store.ts';
import type { ViewStore } from './view-store.ts';

/** One open editor: its document, its saver, what it shows and what runs. */
export interface Builder {
  readonly appId: string;
  /** This opening of the editor, below which this browser keeps what is unsaved. */
  readonly visit: string;
  /** What this browser keeps. */
  readonly copies: Copies;
  /** Earlier visits that left unsaved work in this browser and go on nowhere. */
  readonly left: readonly string[];
  readonly editor: EditorStore;
  readonly saver: Saver;
  readonly view: ViewStore;
  readonly panel: PanelStore;
  /** The app on the canvas, for commands; views read it by `useSession`. */
  readonly live: { current: AppSession | undefined };
  /** What shows its page, so that the palette can drag onto it. */
  readonly canvas: { current: Canvas | undefined };
  readonly runs: RunLog;
}

export const BuilderContext = createContext<Builder | undefined>(undefined);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error('This part stands outside an open builder.');
  return builder;
}

const reading =
  <State>(pick: (builder: Builder) => StoreApi<State>) =>
  <T>(selector: (state: State) => T): T =>
    useStore(pick(useBuilder()), selector);

export const useEditor = reading((builder) => builder.editor);
export const useView = reading((builder) => builder.view);
export const usePanel = reading((builder) => builder.panel);
export const useRuns = reading((builder) => builder.runs);
