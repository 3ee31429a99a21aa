import { letterOf } from '../../lib/command-key.ts';
import type { Builder } from '../builder-context.ts';
import { deleteSelection, duplicateSelection, nudge } from '../commands.ts';
import { locate } from '../document/locate.ts';

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A key on the canvas or in the tree: arrows move, with shift they resize. True when it meant something. */
export function canvasKey(builder: Builder, event: KeyboardEvent): boolean {
  const { editor } = builder;
  const { selection, page, document } = editor.getState();
  const command = event.metaKey || event.ctrlKey;
  if (command && letterOf(event) === 'a') {
    editor.getState().select(Object.keys(document.pages[page]?.components ?? {}));
    return true;
  }
  if (selection.length === 0) return false;
  const arrow = ARROWS[event.key];
  if (arrow && !command) {
    nudge(builder, event.shiftKey ? { w: arrow.x, h: arrow.y } : arrow);
    return true;
  }
  if (event.key === 'Delete' || event.key === 'Backspace') {
    deleteSelection(builder);
    return true;
  }
  if (event.key === 'Escape') {
    const parent =
      selection.length === 1 ? locate(document, selection[0] as string)?.component.parent : undefined;
    editor.getState().select(parent === undefined ? [] : [parent]);
    return true;
  }
  if (command && letterOf(event) === 'd') {
    duplicateSelection(builder);
    return true;
  }
  return false;
}
