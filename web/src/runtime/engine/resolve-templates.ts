import type { Settled } from '../sandbox/messages.ts';
import { isTemplate } from './definition-of.ts';

/**
 * A value with every `{{ }}` in it evaluated, however deep; throws the sentence of the first expression that failed.
 */
export async function resolveTemplates(
  value: unknown,
  evaluate: (templates: readonly string[]) => Promise<readonly Settled[]>,
): Promise<unknown> {
  const templates: string[] = [];
  const collect = (at: unknown): void => {
    if (isTemplate(at)) templates.push(at);
    else if (typeof at === 'object' && at !== null) for (const inner of Object.values(at)) collect(inner);
  };
  collect(value);
  if (templates.length === 0) return value;
  const outcomes = await evaluate(templates);
  let next = 0;
  const rebuild = (at: unknown): unknown => {
    if (isTemplate(at)) {
      const outcome = outcomes[next++]!;
      if ('error' in outcome) throw new Error(outcome.error);
      return outcome.value;
    }
    if (Array.isArray(at)) return at.map(rebuild);
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(Object.entries(at).map(([key, inner]) => [key, rebuild(inner)]));
  };
  return rebuild(value);
}
