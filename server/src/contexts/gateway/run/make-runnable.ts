import { Unbindable, type Wrapped } from '@sallyport/connectors/language.ts';
import { mysqlLanguage } from '@sallyport/connectors/mysql/language/index.ts';
import type { Runnable } from '@sallyport/connectors/port.ts';
import { postgresLanguage } from '@sallyport/connectors/postgres/language/index.ts';
import { buildRequest } from '@sallyport/connectors/rest/language/build-request.ts';
import type { Window } from '@sallyport/contract';
import type { Values } from '../bind-arguments.ts';
import { checkWindow } from '../check-window.ts';
import type { CompiledQuery } from '../compiled-query.ts';
import { refuse } from '../refusals.ts';
import { restValues } from '../rest-values.ts';
import { selectStatement } from '../select-statement.ts';

/** Bytes of rows: beyond, the answer is cut and says so. A write's rows are held until it is committed, so fewer. */
const MAX_BYTES = { read: 4 * 1024 ** 3, write: 16 * 1024 ** 2 } as const;

export interface Made {
  readonly runnable: Runnable;
  /** Which of the compiled statements. */
  readonly statement: number;
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
    const { rowsAt } = compiled.request;
    return {
      statement: 0,
      runnable: {
        ...common,
        statement: requestOf(compiled.request, compiled, values),
        binds: [],
        ...(rowsAt === null ? {} : { rowsAt }),
      },
    };
  }
  const { index, text, binds } = selectStatement(compiled, values);
  if (window === undefined) return { statement: index, runnable: { ...common, statement: text, binds } };
  const checked = checkWindow(compiled, { ...window, limit: Math.min(window.limit, compiled.maxRows) });
  const language = compiled.language === 'mysql' ? mysqlLanguage : postgresLanguage;
  const wrapped: Wrapped = language.wrap(text, binds, compiled.result ?? [], checked);
  return { statement: index, runnable: { ...common, ...wrapped } };
}

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
