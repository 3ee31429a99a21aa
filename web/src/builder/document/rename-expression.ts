import { referencesOf } from './references.ts';

/** What is renamed: a component or a query by its own name, or a variable behind `variables.`. */
export interface Rename {
  readonly kind: 'component' | 'query' | 'variable';
  readonly from: string;
  readonly to: string;
}

/** Rewrites references to a thing in one expression; all else stays as written (B3). */
export function renameInExpression(expression: string, rename: Rename): string {
  const edits = referencesOf(expression).flatMap((reference) => {
    if (rename.kind !== 'variable') {
      if (reference.name !== rename.from) return [];
      const text = reference.shorthand ? `${rename.from}: ${rename.to}` : rename.to;
      return [{ start: reference.start, end: reference.end, text }];
    }
    if (reference.name !== 'variables' || reference.property?.name !== rename.from) return [];
    return [{ start: reference.property.start, end: reference.property.end, text: rename.to }];
  });
  edits.sort((a, b) => b.start - a.start);
  let out = expression;
  for (const edit of edits) out = out.slice(0, edit.start) + edit.text + out.slice(edit.end);
  return out;
}
