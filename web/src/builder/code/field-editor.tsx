import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from './code-theme.ts';
import { expressionCompletion } from './expression-completion.ts';
import { holeClosing } from './hole-closing.ts';
import { holeDecorations } from './hole-decorations.ts';
import type { ScopeEntry } from './scope.ts';

interface FieldEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly scope: () => readonly ScopeEntry[];
}

/** A field that takes text with `{{ }}`: one line that grows, completion inside the braces, Tab goes on. */
export function FieldEditor(props: FieldEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is made once; what changes is handed to it below
  useEffect(() => {
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          holeClosing,
          autocompletion({
            icons: false,
            override: [expressionCompletion(() => latest.current.scope())],
          }),
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({
            'aria-label': latest.current.label,
            spellcheck: 'false',
            ...(latest.current.describedBy && { 'aria-describedby': latest.current.describedBy }),
          }),
          EditorView.lineWrapping,
          latest.current.multiline
            ? []
            : EditorState.transactionFilter.of((t) => (t.newDoc.lines > 1 ? oneLine(t) : t)),
          latest.current.placeholder ? placeholderText(latest.current.placeholder) : [],
          holeDecorations({ badges: false }),
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

  return (
    <div
      ref={host}
      className={`bd-fx${props.multiline ? ' bd-fx-multi' : ''}`}
      data-invalid={props.invalid || undefined}
    />
  );
}

/** Line breaks of a paste become spaces; Enter alone does nothing. */
function oneLine(transaction: Parameters<Parameters<typeof EditorState.transactionFilter.of>[0]>[0]) {
  const inserted = transaction.newDoc.toString();
  if (inserted.replaceAll('\n', '') === transaction.startState.doc.toString()) return [];
  const text = inserted.replace(/\s*\n\s*/g, ' ');
  return [
    {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: text.length },
    },
  ];
}
