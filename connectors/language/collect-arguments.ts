import { argumentStem, isArgumentName, type ValueType } from '@sallyport/contract';
import { type Beside, type Hole, type OutlinedArgument, Uncompilable } from '../language.ts';

export interface PlacedHole {
  readonly hole: Hole;
  /** It stands alone after `in` (Q3). */
  readonly list: boolean;
  readonly hint: ValueType | null;
  readonly beside: Beside | null;
  readonly besideText: boolean;
}

/**
 * Turns holes into arguments: the same expression is the same argument, a plain identifier keeps its name, and any
 * other expression is named after itself (`search.value` → `search_value`).
 */
export function collectArguments(
  holes: readonly PlacedHole[],
  choices: Readonly<Record<string, readonly string[]>>,
): {
  readonly arguments: readonly OutlinedArgument[];
  readonly holes: readonly (Hole & { readonly argument: string })[];
} {
  const names = nameAll(holes.map((placed) => placed.hole));
  const found = new Map<string, OutlinedArgument>();
  const named = holes.map(({ hole, list, hint, beside, besideText }) => {
    const name = names.get(hole.expression) as string;
    const closed = hole.identifier !== null && Object.hasOwn(choices, hole.identifier);
    const before = found.get(name);
    if (before !== undefined && before.list !== list) {
      throw new Uncompilable({
        path: hole.path,
        at: hole.at,
        length: hole.length,
        message: `{{ ${hole.expression} }} is used as a list in one place and as a single value in another.`,
      });
    }
    found.set(name, {
      name,
      expression: hole.expression,
      source: hole.source,
      list,
      choices: closed ? (choices[hole.identifier as string] ?? null) : null,
      hint: before === undefined ? hint : agree(before.hint, hint),
      beside: before === undefined ? beside : besideEither(before.beside, beside),
      besideText:
        before?.besideText ?? (besideText ? { path: hole.path, at: hole.at, length: hole.length } : null),
    });
    return { ...hole, argument: name };
  });
  for (const name of Object.keys(choices)) {
    if (found.get(name)?.choices == null) {
      throw new Uncompilable({
        path: `choices.${name}`,
        message: `The query has no {{ ${name} }} that uses this choice.`,
      });
    }
  }
  return { arguments: [...found.values()], holes: named };
}

/**
 * `json` takes anything, and `decimal` whole numbers too, so what another place demands is stronger. What is a condition
 * in one place alone is the value that stands in the other.
 */
function agree(one: ValueType | null, other: ValueType | null): ValueType | null {
  if (one !== other && (one === 'boolean' || other === 'boolean')) return one === 'boolean' ? other : one;
  if (one === null || one === 'json') return other ?? one;
  return one === 'decimal' && other === 'integer' ? other : one;
}

/** A column says more of a value than what is reckoned does. */
const besideEither = (one: Beside | null, other: Beside | null): Beside | null =>
  typeof one === 'object' && one !== null ? one : (other ?? one);

function nameAll(holes: readonly Hole[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { identifier, expression } of holes) {
    if (identifier !== null && isArgumentName(identifier)) {
      names.set(expression, identifier);
      taken.add(identifier);
    }
  }
  for (const { expression, source } of holes) {
    if (names.has(expression)) continue;
    const stem = source.from === 'literal' ? 'literal' : argumentStem(expression);
    let name = stem;
    for (let n = 2; taken.has(name); n++) name = `${stem}_${n}`;
    names.set(expression, name);
    taken.add(name);
  }
  return names;
}
