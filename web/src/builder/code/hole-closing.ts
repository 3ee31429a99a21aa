import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** A second `{` begins a place for an expression: it is closed at once, with the cursor inside. */
export const holeClosing: Extension = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== '{' || from !== to || from === 0 || view.state.readOnly) return false;
  const before = view.state.sliceDoc(from - 1, from);
  const after = view.state.sliceDoc(from, from + 2);
  if (before !== '{' || view.state.sliceDoc(Math.max(0, from - 2), from - 1) === '{') return false;
  // A `}` that was closed for the first brace is part of it.
  const closed = after.startsWith('}}') ? 2 : after.startsWith('}') ? 1 : 0;
  view.dispatch({
    changes: { from, to: from + closed, insert: '{  }}' },
    selection: { anchor: from + 2 },
    userEvent: 'input.type',
  });
  return true;
});
