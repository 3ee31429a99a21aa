import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

let tabbed = false;
document.addEventListener('keydown', (event) => (tabbed = event.key === 'Tab'), true);
document.addEventListener('pointerdown', () => (tabbed = false), true);

/** A field of one line is whole in the hand of who comes to it by Tab, as every other field is: what is typed replaces it. */
export const comesByTab: Extension = EditorView.domEventHandlers({
  focus: (_event, view) => {
    if (tabbed) view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
  },
});
