import type { Engine } from '@sallyport/contract';
import { findHoles } from '../document/holes.ts';

/** A change of text that makes a query bindable. */
export interface RewriteOffer {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** PostgreSQL takes a type before a literal only: `date '{{x}}'` → `{{x}}::date`. */
const TYPE = /\b(date|timestamp|timestamptz|time|interval|uuid|jsonb?)\s*$/i;
/** What holds less tightly than `||`: a word, save `collate` and `at time zone`, and the end of what the literal is alone in. */
const BEFORE = /(?:^|[\w(,=])\s*$/;
const BEHIND = /^\s*(?:$|[),;]|(?!(?:collate|at)\b)[a-z_])/i;

/**
 * For a hole inside a string literal (Q1), the literal taken apart around it: `'%{{x}}%'` → `'%' || {{x}} || '%'`, or
 * `concat('%', {{x}}, '%')` where `||` means *or*. For one behind `in`, its list in parentheses. Undefined for any other.
 */
export function rewriteOffer(text: string, at: number, engine: Engine): RewriteOffer | undefined {
  const literal = literalAround(text, at);
  if (!literal) return listOffer(text, at);
  const inner = text.slice(literal.from + 1, literal.to - 1);
  const parts: string[] = [];
  let last = 0;
  for (const hole of findHoles(inner)) {
    if (hole.at > last) parts.push(`'${inner.slice(last, hole.at)}'`);
    parts.push(inner.slice(hole.at, hole.end));
    last = hole.end;
  }
  if (last === 0) return undefined;
  if (last < inner.length) parts.push(`'${inner.slice(last)}'`);
  const before = text.slice(0, literal.from);
  const type = engine === 'postgres' ? TYPE.exec(before) : null;
  const value = joined(
    parts,
    engine,
    type === null && BEFORE.test(before) && BEHIND.test(text.slice(literal.to)),
  );
  const insert = type === null ? value : `${value}::${type[1]}`;
  return { label: `Write ${insert}`, from: type?.index ?? literal.from, to: literal.to, insert };
}

/** `alone`: nothing beside it would take one part of it away from the others. */
function joined(parts: readonly string[], engine: Engine, alone: boolean): string {
  if (parts.length === 1) return parts[0] as string;
  if (engine === 'mysql') return `concat(${parts.join(', ')})`;
  return alone ? parts.join(' || ') : `(${parts.join(' || ')})`;
}

/** `in {{ list }}` → `in ({{ list }})`. */
function listOffer(text: string, at: number): RewriteOffer | undefined {
  const hole = findHoles(text).find((one) => one.at === at);
  if (!hole || !/\bin\s*$/i.test(text.slice(0, at))) return undefined;
  const insert = `(${text.slice(at, hole.end)})`;
  return { label: `Write ${insert}`, from: at, to: hole.end, insert };
}

/** The single-quoted literal that an offset stands in; `''` inside does not end it. Holes are skipped whole. */
function literalAround(text: string, at: number): { from: number; to: number } | undefined {
  const holes = findHoles(text);
  let opening = -1;
  for (let i = 0; i < text.length; i += 1) {
    const hole = holes.find((one) => one.at === i);
    if (hole) {
      i = hole.end - 1;
      continue;
    }
    if (opening === -1 && text.startsWith('--', i)) {
      i = text.indexOf('\n', i);
      if (i === -1) return undefined;
      continue;
    }
    if (text[i] !== "'") continue;
    if (opening === -1) opening = i;
    else if (text[i + 1] === "'") i += 1;
    else {
      if (opening < at && at < i) return { from: opening, to: i + 1 };
      opening = -1;
    }
  }
  return undefined;
}
