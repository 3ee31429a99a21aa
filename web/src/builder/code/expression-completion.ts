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

/** Does code end in the words of a string? What is typed there is no name; between `${` and `}`, it is. */
function endsInString(code: string): boolean {
  const open: string[] = [];
  for (let i = 0; i < code.length; i++) {
    const sign = code.charAt(i);
    const around = open.at(-1) ?? '{';
    if (around === '{') {
      if (/['"`{]/.test(sign)) open.push(sign);
      else if (sign === '}') open.pop();
    } else if (sign === '\\') i++;
    else if (sign === around) open.pop();
    else if (around === '`' && code.startsWith('${', i)) {
      open.push('{');
      i++;
    }
  }
  return (open.at(-1) ?? '{') !== '{';
}

/** Completes names and their members inside `{{ }}`. */
export function expressionCompletion(scope: () => readonly ScopeEntry[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    if (!insideHole(text, context.pos)) return null;
    const before = text.slice(text.lastIndexOf('{{', context.pos - 1) + 2, context.pos);
    if (endsInString(before)) return null;
    const member = /(?<!\w|(?<!\.\.)\.)([A-Za-z_]\w*)\??\.(\w*)$/.exec(before);
    if (member) {
      const [, root, typed = ''] = member;
      const entry = scope().find((one) => one.name === root);
      if (!entry) return null;
      return {
        from: context.pos - typed.length,
        // In the order of the contract, which begins with what is wanted most: `value`, not `valid`.
        options: entry.members.map(
          (one, i): Completion => ({ label: one.name, detail: one.detail, type: 'property', boost: -i }),
        ),
        validFor: /^\w*$/,
      };
    }
    const word = context.matchBefore(/\b[A-Za-z_]\w*$/);
    if (!word && !context.explicit && !/\{\{\s*$/.test(text.slice(0, context.pos))) return null;
    // After another dot (`a.b.`) nothing is known; after three of them (`...a`) it begins anew.
    if (word && /(?<!\.\.)\.$/.test(text.slice(0, word.from))) return null;
    return {
      from: word?.from ?? context.pos,
      options: scope().map((one): Completion => ({ label: one.name, detail: one.detail, type: 'variable' })),
      validFor: /^\w*$/,
    };
  };
}
