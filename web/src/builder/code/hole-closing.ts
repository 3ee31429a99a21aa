import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const typing = EditorView.inputHandler.of((view, from, to, text) => {
  if (from !== to || from === 0 || view.state.readOnly) return false;
  const typed = typedOver(
    view.state.sliceDoc(Math.max(0, from - 200), from),
    view.state.sliceDoc(from, from + 3),
    text,
  );
  if (typed === null) return false;
  view.dispatch({
    changes: { from, to: from + typed.replaced, insert: typed.insert },
    selection: { anchor: from + typed.ahead },
    userEvent: 'input.type',
  });
  return true;
});

const pasting = EditorView.clipboardInputFilter.of((text, { doc, selection }) =>
  pastedInto(doc.sliceString(0, selection.main.from), text),
);

/**
 * A second `{` begins a place for an expression: it is closed at once, with the cursor inside. Whoever types the space
 * and the closing braces all the same goes over those that are there; who pastes an expression with its braces between
 * those of another pastes what is in them.
 */
export const holeClosing: Extension = [typing, pasting];

/** What is pasted after `before`. */
export function pastedInto(before: string, text: string): string {
  const expression = /^\s*\{\{((?:(?!\{\{|\}\})[\s\S])*)\}\}\s*$/.exec(text)?.[1];
  const inside = before.lastIndexOf('{{') > before.lastIndexOf('}}');
  return inside && expression !== undefined ? expression.trim() : text;
}

interface Typed {
  /** How much of what follows the cursor goes. */
  readonly replaced: number;
  readonly insert: string;
  /** Where the cursor then stands, from where it was. */
  readonly ahead: number;
}

/** What a keystroke becomes between `before` and `after`; null when it is only itself. */
export function typedOver(before: string, after: string, text: string): Typed | null {
  const begin = before.lastIndexOf('{{');
  const expression = before.slice(begin + 2);
  // A brace of the expression's own is closed first.
  const braces = expression.split('{').length - expression.split('}').length;
  const inside = begin > before.lastIndexOf('}}') && braces <= 0;
  if (text === '{') {
    if (!before.endsWith('{') || before.endsWith('{{')) return null;
    // A `}` that was closed for the first brace is part of it.
    const closed = after.startsWith('}}') ? 2 : after.startsWith('}') ? 1 : 0;
    return { replaced: closed, insert: '{  }}', ahead: 2 };
  }
  if (text === ' ' && before.endsWith('{{ ') && after === ' }}') return { replaced: 0, insert: '', ahead: 0 };
  if (text !== '}') return null;
  if (inside && after === ' }}') {
    const spaced = before.endsWith(' ');
    return { replaced: spaced ? 1 : 0, insert: '', ahead: spaced ? 1 : 2 };
  }
  // The second brace after the first was gone over; or the first, where no space stands before it.
  const next = after.startsWith('}}') || (after.startsWith('}') && before.endsWith('}'));
  return inside && next ? { replaced: 0, insert: '', ahead: 1 } : null;
}
