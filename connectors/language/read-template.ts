import type { Hole } from '../language.ts';
import { readHole } from './read-hole.ts';

/** A text cut at its holes. */
export type TextPart = { readonly text: string; readonly at: number } | { readonly hole: Hole };

/** Cuts a plain text (no language of its own) at its `{{ }}` holes. */
export function readTemplate(text: string, path: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', from)) {
    if (at > from) parts.push({ text: text.slice(from, at), at: from });
    const hole = readHole(text, at, path);
    parts.push({ hole });
    from = at + hole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), at: from });
  return parts;
}
