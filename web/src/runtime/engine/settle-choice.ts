import { keyOf, type Option } from './option-list.ts';

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/**
 * What a select holds once its choices are others: what was chosen and is no choice now is set aside, and comes back
 * when it is one again. `before` has the labels.
 */
export function settleChoice(
  value: unknown,
  aside: readonly Option[],
  before: readonly Option[],
  now: readonly Option[],
): { readonly value: unknown; readonly aside: readonly Option[] } {
  const choices = new Set(now.map((option) => option.key));
  const labels = new Map(before.map((option) => [option.key, option.label]));
  const held = listOf(value).map((one): Option => {
    const key = keyOf(one);
    return { value: one, key, label: labels.get(key) ?? key };
  });
  const all = [...held, ...aside];
  const kept = all.filter((option) => choices.has(option.key)).map((option) => option.value);
  return {
    value: Array.isArray(value) ? kept : (kept[0] ?? null),
    aside: all.filter((option) => !choices.has(option.key)),
  };
}
