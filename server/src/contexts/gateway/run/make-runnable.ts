import { Unbindable } from '@sallyport/connectors/language.ts';
import type { Runnable, RunOutcome } from '@sallyport/connectors/port.ts';
import { buildRequest } from '@sallyport/connectors/rest/language/build-request.ts';
import type { SentStatement, Window } from '@sallyport/contract';
import type { Values } from '../bind-arguments.ts';
import { positionColumns } from '../check-position.ts';
import { checkWindow } from '../check-window.ts';
import type { CompiledQuery } from '../compiled-query.ts';
import { refuse } from '../refusals.ts';
import { restValues } from '../rest-values.ts';
import { selectStatement } from '../select-statement.ts';
import { sqlLanguageOf } from '../sql-language-of.ts';
import { sentStatement } from './sent-statement.ts';

/** Bytes of rows: beyond, the answer is cut and says so. A write's rows are held until it is committed, so fewer. */
const MAX_BYTES = { read: 4 * 1024 ** 3, write: 16 * 1024 ** 2 } as const;

export interface Made {
  readonly runnable: Runnable;
  /** Which of the compiled statements. */
  readonly statement: number;
  /** The columns of a position in the window's order, when it has positions. */
  readonly position: readonly string[] | null;
  /** Says of an outcome that the query's cap cut it, where its window asked for a larger page. Absent where none could. */
  readonly capped?: (outcome: RunOutcome) => RunOutcome;
  /** What is sent, for those who may see statements; null for a request, whose address may hold a secret. */
  readonly sent: () => SentStatement[] | null;
}

/** Puts values, and the window if there is one, to a compiled query. Only compiled text and binds come out (Q13). */
export function makeRunnable(compiled: CompiledQuery, values: Values, window: Window | undefined): Made {
  const common = {
    effect: compiled.effect,
    columns: compiled.result,
    timeoutMs: compiled.timeoutMs,
    maxRows: compiled.maxRows,
    maxBytes: compiled.effect === 'read' ? MAX_BYTES.read : MAX_BYTES.write,
    ...(compiled.expectRows === null ? {} : { expectRows: compiled.expectRows }),
  };
  if (compiled.request !== null) {
    if (window !== undefined) throw refuse('window_not_allowed');
    const { rowsAt, errorAt, answerHeaders } = compiled.request;
    return {
      statement: 0,
      position: null,
      sent: () => null,
      runnable: {
        ...common,
        statement: requestOf(compiled.request, compiled, values),
        binds: [],
        ...(rowsAt === null ? {} : { rowsAt }),
        ...(errorAt === undefined ? {} : { errorAt }),
        ...(answerHeaders === undefined ? {} : { answerHeaders }),
      },
    };
  }
  const { index, text, binds, names } = selectStatement(compiled, values);
  if (window === undefined) {
    return {
      statement: index,
      position: null,
      runnable: { ...common, statement: text, binds },
      sent: () => [sentStatement(compiled, 'rows', text, names)],
    };
  }
  const checked = checkWindow(compiled, { ...window, limit: Math.min(window.limit, compiled.maxRows) });
  const { holds, total, ...page } = sqlLanguageOf(compiled).wrap(text, binds, compiled.result ?? [], checked);
  return {
    statement: index,
    position: positionColumns(compiled, checked.order),
    ...(window.limit > compiled.maxRows ? { capped: cappedBy(compiled.maxRows, window.offset) } : {}),
    runnable: {
      ...common,
      ...page,
      ...(total === undefined ? {} : { total: { statement: total.statement, binds: total.binds } }),
    },
    sent: () => [
      sentStatement(compiled, 'rows', page.statement, names, holds),
      ...(total === undefined ? [] : [sentStatement(compiled, 'total', total.statement, names, total.holds)]),
    ],
  };
}

const cappedBy =
  (cap: number, given: number) =>
  (outcome: RunOutcome): RunOutcome => {
    const { rows, total, offset = given, truncated } = outcome;
    const whole = rows < cap || (total !== null && offset + rows >= total);
    return whole || truncated !== null ? outcome : { ...outcome, truncated: { by: 'rows', cap } };
  };

function requestOf(request: NonNullable<CompiledQuery['request']>, compiled: CompiledQuery, values: Values) {
  try {
    return buildRequest(request, restValues(compiled, values));
  } catch (error) {
    if (!(error instanceof Unbindable)) throw error;
    throw refuse('argument_invalid', {
      values: { argument: error.argument },
      places: [{ path: `arguments.${error.argument}`, message: error.message }],
    });
  }
}
