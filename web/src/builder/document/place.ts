import type { EditorStore } from './editor-store.ts';

/** An address is no longer than it can be passed on. */
const LONGEST = 1_000;

export interface Place {
  readonly page?: string;
  readonly select?: string;
}

/** Where somebody is in an editor, as its address says it. */
export function placeOf({ document, page, selection }: ReturnType<EditorStore['getState']>): Place {
  const select = selection.join(',');
  return {
    ...(page !== document.home && { page }),
    ...(select !== '' && select.length <= LONGEST && { select }),
  };
}

/** Goes to the place that an address says, as far as there is one. */
export function goTo(editor: EditorStore, { page, select = '' }: Place): void {
  const { document, showPage } = editor.getState();
  showPage(page ?? document.home);
  editor.getState().select(select === '' ? [] : select.split(','));
}
