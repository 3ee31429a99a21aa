import type { Draft, EnvironmentName } from '@sallyport/contract';
import { createStore } from 'zustand/vanilla';

export type Dialog =
  | { readonly kind: 'publish' | 'releases' | 'settings' | 'shortcuts' | 'find' }
  | { readonly kind: 'rename'; readonly what: 'component' | 'query' | 'variable'; readonly name: string }
  | {
      readonly kind: 'queryConflict';
      readonly name: string;
      /** Undefined when it was removed. */
      readonly theirs: Draft['queries'][string] | undefined;
      /** Null for this person, in another tab. */
      readonly by: string | null;
    }
  | { readonly kind: 'page'; readonly slug: string | undefined }
  | { readonly kind: 'variable'; readonly name: string | undefined };

/** Where a draft may run: production is never offered (Q14). */
export const ENVIRONMENTS = ['development', 'staging'] as const satisfies readonly EnvironmentName[];

export interface ViewState {
  /** Where drafts run from here. */
  readonly environment: EnvironmentName;
  readonly preview: boolean;
  readonly debug: boolean;
  readonly palette: boolean;
  readonly panelOpen: boolean;
  readonly panelHeight: number;
  readonly dialog: Dialog | undefined;
  readonly inspectorTab: 'content' | 'events' | 'layout';
  /** What stands beside the canvas in a window that has no room for both sides (`narrow.css`). */
  readonly side: 'rail' | 'inspector' | 'none';
}

/** A window with room for one thing at a time; `narrow.css` says the same. */
export const ONE_THING = '(max-width: 719px)';

/** What is open and shown; nothing of it is saved with the app. */
export const createViewStore = () =>
  createStore<ViewState & { show(part: Partial<ViewState>): void; close(): void }>()((set) => ({
    environment: ENVIRONMENTS[0],
    preview: false,
    debug: false,
    palette: false,
    panelOpen: true,
    panelHeight: 340,
    dialog: undefined,
    inspectorTab: 'content',
    side: 'rail',
    show: (part) => set(part),
    close: () => set({ dialog: undefined }),
  }));
export type ViewStore = ReturnType<typeof createViewStore>;
