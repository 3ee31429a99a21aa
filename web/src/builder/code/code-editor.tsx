import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder as placeholderText,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from './code-theme.ts';
import { holeClosing } from './hole-closing.ts';
import { compiledOrigins, holeDecorations } from './hole-decorations.ts';

interface CodeEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Its name when read out. */
  readonly label: string;
  /** The language with its completions; a new value reconfigures. */
  readonly language: Extension;
  readonly origins?: ReadonlyMap<number, 'user' | 'identity' | 'constant'> | undefined;
  readonly diagnostics?: readonly Diagnostic[];
  readonly placeholder?: string;
  readonly onSave?: () => void;
  readonly onRun?: () => void;
}

/** A code editor of several lines. Tab indents; Escape, then Tab, leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  const language = useRef(new Compartment());

  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is made once; what changes is handed to it below
  useEffect(() => {
    const act = (name: 'onSave' | 'onRun') => (target: EditorView) => {
      // The list would stay open over the result.
      closeCompletion(target);
      latest.current[name]?.();
      return latest.current[name] !== undefined;
    };
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          holeClosing,
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
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label, spellcheck: 'false' }),
          EditorView.lineWrapping,
          latest.current.placeholder ? placeholderText(latest.current.placeholder) : [],
          language.current.of(latest.current.language),
          holeDecorations({ badges: true }),
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
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(props.language) });
  }, [props.language]);
  useEffect(() => {
    if (props.origins) view.current?.dispatch({ effects: compiledOrigins.of(props.origins) });
  }, [props.origins]);
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
  }, [props.diagnostics]);

  return <div ref={host} className="bd-code" />;
}
