import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { ScopeEntry } from './scope.ts';

/** Is this offset between `{{` and `}}`? */
export function insideHole(text: string, at: number): boolean {
  const opening = text.lastIndexOf('{{', at - 1);
  if (opening === -1 || at < opening + 2) return false;
  const closing = text.indexOf('}}', opening + 2);
  return closing === -1 || at <= closing;
}

/** Completes names and their members inside `{{ }}`. */
export function expressionCompletion(scope: () => readonly ScopeEntry[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    if (!insideHole(text, context.pos)) return null;
    const member = context.matchBefore(/\b[A-Za-z_]\w*\.\w*$/);
    if (member) {
      const dot = member.text.indexOf('.');
      const entry = scope().find((one) => one.name === member.text.slice(0, dot));
      if (!entry) return null;
      return {
        from: member.from + dot + 1,
        // In the order of the contract, which begins with what is wanted most: `value`, not `valid`.
        options: entry.members.map(
          (one, i): Completion => ({ label: one.name, detail: one.detail, type: 'property', boost: -i }),
        ),
        validFor: /^\w*$/,
      };
    }
    const word = context.matchBefore(/\b[A-Za-z_]\w*$/);
    if (!word && !context.explicit && !/\{\{\s*$/.test(text.slice(0, context.pos))) return null;
    // After another dot (`a.b.`) nothing is known.
    if (word && text[word.from - 1] === '.') return null;
    return {
      from: word?.from ?? context.pos,
      options: scope().map((one): Completion => ({ label: one.name, detail: one.detail, type: 'variable' })),
      validFor: /^\w*$/,
    };
  };
}
