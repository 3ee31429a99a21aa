import { history } from '@codemirror/commands';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, placeholder } from '@codemirror/view';
import { type RefObject, useEffect, useRef } from 'react';
import { codeTheme } from './code-theme.ts';
import { holeClosing } from './hole-closing.ts';

export interface CodeViewProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Its name when read out. */
  readonly label: string;
  readonly describedBy?: string;
  readonly placeholder?: string;
}

/**
 * A view of CodeMirror in `host`, made once and given each new value. `own` are the extensions of this kind of editor; they
 * are asked for once, and read what changes from `latest`.
 */
export function useCodeView<P extends CodeViewProps>(
  props: P,
  own: (latest: RefObject<P>) => Extension,
): { readonly host: RefObject<HTMLDivElement | null>; readonly view: RefObject<EditorView | null> } {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is made once; what changes is handed to it below
  useEffect(() => {
    const { value, label, describedBy, placeholder: hint } = latest.current;
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          holeClosing,
          own(latest),
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'false',
            ...(describedBy && { 'aria-describedby': describedBy }),
          }),
          EditorView.lineWrapping,
          hint ? placeholder(hint) : [],
          codeTheme(),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== props.value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
    }
  }, [props.value]);
  return { host, view };
}
