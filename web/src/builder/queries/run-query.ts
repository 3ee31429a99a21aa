import type { CompiledArgument, CompiledView } from '@sallyport/contract';
import { ApiProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { coerceArgument } from '../../runtime/engine/coerce-argument.ts';
import type { Settled } from '../../runtime/sandbox/messages.ts';
import type { Builder } from '../builder-context.ts';
import { parseExactly } from '../inspector/field-text.ts';
import { createLoggedRunner } from '../live/logged-runner.ts';
import { isDirty, saveQuery } from './query-commands.ts';

const NOT_STARTED = { error: 'The page has not started yet.' };

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
    return { error: `${argument.name} is not JSON.` };
  }
}

/** Saves what is unsaved, then runs the draft's query in the chosen environment. */
export async function runQuery(builder: Builder, name: string): Promise<void> {
  const { panel, editor, view, appId, runs } = builder;
  if (panel.getState().open[name]?.running) return;
  if (isDirty(builder, name) && !(await saveQuery(builder, name))) return;
  const compiled = editor.getState().queries[name]?.compiled;
  if (!compiled) return;
  const runId = crypto.randomUUID();
  const since = performance.now();
  const stop = new AbortController();
  stops.set(runId, stop);
  panel.getState().change(name, { running: { runId }, failed: undefined });
  panel.getState().showTab('result');
  const { environment } = view.getState();
  try {
    const values = await userArguments(builder, compiled, panel.getState().open[name]?.byHand ?? {});
    const runner = createLoggedRunner(appId, environment, runs, 'hand');
    await runner.run({ query: name, arguments: values, runId }, stop.signal);
  } catch (error) {
    const ms = Math.round((performance.now() - since) * 10) / 10;
    const failed = { state: 'failed', why: explainError(error), ms, at: Date.now() } as const;
    panel.getState().change(name, { failed });
  } finally {
    stops.delete(runId);
    panel.getState().change(name, { running: undefined });
  }
}

const stops = new Map<string, AbortController>();

/** Stops a run by hand: the server cancels the statement at the source when the caller leaves. */
export const stopRun = (runId: string): void => stops.get(runId)?.abort();

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
      throw new ApiProblem({
        type: 'about:blank',
        code: 'argument_not_ready',
        title: `It was not run: ${argument.name} has no usable value.`,
        detail: found.error,
        status: 400,
        next: 'Type a test value under Arguments, or set the component that it reads.',
        requestId: '',
      });
    }
    values[argument.name] = found.value;
  }
  return values;
}
