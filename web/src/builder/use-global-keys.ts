import { useEffect } from 'react';
import { commandHeld, letterOf } from '../lib/command-key.ts';
import type { Builder } from './builder-context.ts';
import { copySelection, deleteSelection, pasteText, redoStep, undoStep } from './commands.ts';
import { copyComponents } from './document/clipboard.ts';
import { saveBegun } from './queries/query-commands.ts';
import { runQuery } from './queries/run-query.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable="true"], .cm-editor, [role="dialog"]') !== null;

/** Where the browser itself undoes. It does not in what is only chosen: there the pages are what was changed. */
const undoesItself = (target: EventTarget | null): boolean => {
  const chooses =
    target instanceof HTMLElement && target.matches('select, [type="checkbox"], [type="radio"]');
  return typing(chooses ? target.parentElement : target);
};

/** Keys that mean the same everywhere in the builder, and the clipboard of components. */
export function useGlobalKeys(builder: Builder): void {
  useEffect(() => {
    const { view, saver, editor, panel } = builder;
    const key = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = commandHeld(event);
      const letter = letterOf(event);
      if (command && letter === 'k') {
        event.preventDefault();
        view.getState().show({ dialog: { kind: 'find' } });
      } else if (command && letter === 's') {
        event.preventDefault();
        void saver.flush();
        saveBegun(builder);
      } else if (command && event.key === 'Enter' && panel.getState().active) {
        event.preventDefault();
        void runQuery(builder, panel.getState().active ?? '');
      } else if (command && letter === 'z' && !undoesItself(event.target)) {
        event.preventDefault();
        if (event.shiftKey) void redoStep(builder);
        else void undoStep(builder);
      } else if (command && letter === 'y' && !undoesItself(event.target)) {
        event.preventDefault();
        void redoStep(builder);
      } else if (event.key === '?' && !typing(event.target)) {
        event.preventDefault();
        view.getState().show({ dialog: { kind: 'shortcuts' } });
      } else if (event.key === 'Escape' && view.getState().palette) {
        view.getState().show({ palette: false });
      }
    };
    const copy = async (event: ClipboardEvent) => {
      if (typing(event.target) || !window.getSelection()?.isCollapsed) return;
      const { document, page, selection } = editor.getState();
      const clipping = copyComponents(document, page, selection);
      if (!clipping) return;
      event.preventDefault();
      if (event.clipboardData) event.clipboardData.setData('text/plain', JSON.stringify(clipping));
      else if (!(await copySelection(builder))) return;
      if (event.type === 'cut') deleteSelection(builder, selection);
    };
    const paste = (event: ClipboardEvent) => {
      if (typing(event.target)) return;
      if (pasteText(builder, event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    window.addEventListener('keydown', key);
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('keydown', key);
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [builder]);
}
