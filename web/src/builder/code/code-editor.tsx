import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, type Extension } from '@codemirror/state';
import {
  drawSelection,
  type EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { compiledOrigins, holeDecorations } from './hole-decorations.ts';
import { type CodeViewProps, useCodeView } from './use-code-view.ts';

interface CodeEditorProps extends CodeViewProps {
  /** The language with its completions; a new value reconfigures. */
  readonly language: Extension;
  readonly origins?: ReadonlyMap<number, 'user' | 'identity' | 'constant'> | undefined;
  readonly diagnostics?: readonly Diagnostic[];
  readonly onSave?: () => void;
  readonly onRun?: () => void;
}

/** A code editor of several lines. Tab indents; Escape, then Tab, leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const language = useRef(new Compartment());
  const { host, view } = useCodeView(props, (latest) => {
    const act = (name: 'onSave' | 'onRun') => (target: EditorView) => {
      // The list would stay open over the result.
      closeCompletion(target);
      latest.current[name]?.();
      return latest.current[name] !== undefined;
    };
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ icons: false }),
      keymap.of([
        { key: 'Mod-s', run: act('onSave'), preventDefault: true },
        { key: 'Mod-Enter', run: act('onRun'), preventDefault: true },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        indentWithTab,
        ...defaultKeymap,
      ]),
      language.current.of(latest.current.language),
      holeDecorations({ badges: true }),
    ];
  });

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(props.language) });
  }, [props.language, view]);
  useEffect(() => {
    if (props.origins) view.current?.dispatch({ effects: compiledOrigins.of(props.origins) });
  }, [props.origins, view]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const shown = (props.diagnostics ?? []).map((one) => ({
      ...one,
      from: Math.min(one.from, end),
      to: Math.min(Math.max(one.to, one.from), end),
    }));
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [props.diagnostics, view]);

  return <div ref={host} className="bd-code" />;
}
