import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { comesByTab } from './comes-by-tab.ts';
import { expressionCompletion } from './expression-completion.ts';
import { holeDecorations } from './hole-decorations.ts';
import { type CodeViewProps, useCodeView } from './use-code-view.ts';
import { useScope } from './use-scope.ts';

interface FieldEditorProps extends CodeViewProps {
  readonly invalid?: boolean;
  readonly multiline?: boolean;
  /** A field of a component or a step, and none of a query. */
  readonly ofPage?: boolean;
}

/** A field that takes text with `{{ }}`: one line that grows, completion inside the braces, Tab goes on. */
export function FieldEditor(props: FieldEditorProps) {
  const scope = useScope(props.ofPage !== true);
  const { host } = useCodeView(props, (latest) => [
    autocompletion({ icons: false, override: [expressionCompletion(scope)] }),
    keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    latest.current.multiline
      ? []
      : [EditorState.transactionFilter.of((t) => (t.newDoc.lines > 1 ? oneLine(t) : t)), comesByTab],
    holeDecorations({ badges: false }),
  ]);
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
  const text = inserted.replace(/\s+/g, (gap) => (gap.includes('\n') ? ' ' : gap));
  return [
    {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: text.length },
    },
  ];
}
