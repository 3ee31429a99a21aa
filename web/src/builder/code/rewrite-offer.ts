import { type Engine, joinedTexts } from '@sallyport/contract';
import { findHoles } from '../document/holes.ts';

/** A change of text that makes a query bindable. */
export interface RewriteOffer {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * For a hole inside a string literal (Q1), the literal taken apart around it: `'%{{x}}%'` → `'%' || {{x}} || '%'`, or
 * `concat('%', {{x}}, '%')` where `||` means *or*. For one behind `in`, its list in parentheses. Undefined for any other.
 */
export function rewriteOffer(text: string, at: number, engine: Engine): RewriteOffer | undefined {
  const literal = literalAround(text, at, engine);
  if (!literal) return listOffer(text, at);
  const { sign } = literal;
  const inner = text.slice(literal.from + sign.length, literal.to - sign.length);
  const quoted = (part: string) =>
    `'${(sign.length === 1 ? part.replaceAll(sign + sign, sign) : part).replaceAll("'", "''")}'`;
  const parts: string[] = [];
  let last = 0;
  for (const hole of findHoles(inner)) {
    if (hole.at > last) parts.push(quoted(inner.slice(last, hole.at)));
    parts.push(inner.slice(hole.at, hole.end));
    last = hole.end;
  }
  if (last === 0) return undefined;
  if (last < inner.length) parts.push(quoted(inner.slice(last)));
  const { text: insert, type } =
    engine === 'mysql'
      ? { text: parts.length === 1 ? (parts[0] as string) : `concat(${parts.join(', ')})`, type: null }
      : joinedTexts(parts, text.slice(0, literal.from), text.slice(literal.to));
  return { label: `Write ${insert}`, from: type?.at ?? literal.from, to: literal.to, insert };
}

/** `in {{ list }}` → `in ({{ list }})`. */
function listOffer(text: string, at: number): RewriteOffer | undefined {
  const hole = findHoles(text).find((one) => one.at === at);
  if (!hole || !/\bin\s*$/i.test(text.slice(0, at))) return undefined;
  const insert = `(${text.slice(at, hole.end)})`;
  return { label: `Write ${insert}`, from: at, to: hole.end, insert };
}

/** How a string begins, and ends: in PostgreSQL also between dollar signs, in MySQL also in double quotes. */
const SIGNS = { postgres: /'|\$(?:[A-Za-z_]\w*)?\$/y, mysql: /['"]/y, rest: /'/y } as const;

/** The literal that an offset stands in; a quote that is written twice does not end it. Holes are skipped whole. */
function literalAround(
  text: string,
  at: number,
  engine: Engine,
): { from: number; to: number; sign: string } | undefined {
  const holes = findHoles(text);
  const signs = SIGNS[engine];
  let open: { at: number; sign: string } | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const hole = holes.find((one) => one.at === i);
    if (hole) {
      i = hole.end - 1;
      continue;
    }
    if (open === undefined) {
      if (text.startsWith('--', i)) {
        i = text.indexOf('\n', i);
        if (i === -1) return undefined;
        continue;
      }
      signs.lastIndex = i;
      const sign = signs.exec(text)?.[0];
      if (sign === undefined) continue;
      open = { at: i, sign };
      i += sign.length - 1;
    } else if (text.startsWith(open.sign, i)) {
      const { sign, at: from } = open;
      if (sign.length === 1 && text[i + 1] === sign) {
        i += 1;
        continue;
      }
      i += sign.length - 1;
      if (from < at && at < i) return { from, to: i + 1, sign };
      open = undefined;
    }
  }
  return undefined;
}
