import type { CompiledArgument, CompiledView } from '@sallyport/contract';
import { ownProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { coerceArgument } from '../../runtime/engine/coerce-argument.ts';
import type { Settled } from '../../runtime/sandbox/messages.ts';
import type { Builder } from '../builder-context.ts';
import { parseExactly } from '../inspector/field-text.ts';
import { createLoggedRunner } from '../live/logged-runner.ts';
import type { OpenQuery } from './panel-store.ts';
import { isDirty, saveQuery } from './query-commands.ts';

const NOT_STARTED = { error: 'The page is still loading.' };

/** The value of one argument for a run by hand: typed by the builder, or evaluated from the live page. */
export async function argumentValue(
  builder: Builder,
  argument: CompiledArgument,
  typed: string | undefined,
): Promise<Settled> {
  const found =
    typed === undefined
      ? ((await builder.live.current?.evaluate(`{{ ${argument.expression} }}`)) ?? NOT_STARTED)
      : parseTyped(argument, typed);
  if ('error' in found) return found;
  const coerced = coerceArgument(argument, found.value);
  return 'problem' in coerced ? { error: coerced.problem } : coerced;
}

function parseTyped(argument: CompiledArgument, text: string): Settled {
  if (text === 'null') return { value: null };
  if (!argument.list && argument.type !== 'json') return { value: text };
  try {
    return { value: parseExactly(text) };
  } catch {
    if (argument.list && !text.trim().startsWith('[')) {
      return { value: text.split(',').map((item) => item.trim()) };
    }
    // What does not set out to be JSON is a text, as what an input holds is one: `ord_7` for an id.
    if (!/^\s*[[{"]/.test(text)) return { value: text };
    return { error: `${argument.name} is not valid JSON.` };
  }
}

/** Saves what is unsaved, then runs the draft's query in the chosen environment. */
export async function runQuery(builder: Builder, name: string): Promise<void> {
  const { panel, editor, view, appId, runs } = builder;
  if (panel.getState().open[name]?.running) return;
  if (isDirty(builder, name) && !(await saveQuery(builder, name))) return;
  const compiled = editor.getState().queries[name]?.compiled;
  if (!compiled) return;
  const since = performance.now();
  const running = new AbortController();
  panel.getState().change(name, { running, failed: undefined });
  // It may be called something else when the run ends.
  const end = (part: Pick<OpenQuery, 'failed' | 'running'>) => {
    for (const [called, open] of Object.entries(panel.getState().open))
      if (open.running === running) panel.getState().change(called, part);
  };
  panel.getState().showTab('result');
  const { environment } = view.getState();
  try {
    const values = await userArguments(builder, compiled, panel.getState().open[name]?.byHand ?? {});
    const runner = createLoggedRunner(appId, environment, runs, 'hand');
    const runId = crypto.randomUUID();
    await runner.run({ query: name, arguments: values, runId }, running.signal);
    end({ running: undefined, failed: undefined });
  } catch (error) {
    const ms = Math.round((performance.now() - since) * 10) / 10;
    end({ running: undefined, failed: { state: 'failed', why: explainError(error), ms, at: Date.now() } });
  }
}

async function userArguments(
  builder: Builder,
  compiled: CompiledView,
  byHand: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const argument of compiled.arguments) {
    if (argument.origin !== 'user') continue;
    const found = await argumentValue(builder, argument, byHand[argument.name]);
    if ('error' in found) {
      throw ownProblem({
        code: 'argument_not_ready',
        title: `The query was not run because ${argument.name} has no valid value.`,
        detail: found.error,
        status: 400,
        next: 'Enter a test value under Arguments, or set the component that it uses.',
      });
    }
    values[argument.name] = found.value;
  }
  return values;
}
