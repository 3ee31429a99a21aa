import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CanvasState, CanvasStore } from './canvas-store.ts';

export const CanvasContext = createContext<CanvasStore | undefined>(undefined);

export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  const store = useContext(CanvasContext);
  if (!store) throw new Error('This part stands outside a canvas.');
  return useStore(store, selector);
}
