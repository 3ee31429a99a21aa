import type { ResultColumn, RunEnd, SentStatement } from '@sallyport/contract';

export interface Head {
  readonly run: string;
  readonly columns: readonly ResultColumn[];
  readonly position: readonly string[] | null;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For a draft's run alone: absent, nothing of it is written. */
  readonly sent?: readonly SentStatement[] | null;
}

/** How an answer is written. Rows are JSON texts already: they are joined, never parsed. */
export interface Format {
  readonly contentType: string;
  head(head: Head): string;
  rows(batch: readonly string[], first: boolean): string;
  end(run: string, end: RunEnd): string;
}

const json: Format = {
  contentType: 'application/json; charset=utf-8',
  head: (head) =>
    `{"run":${JSON.stringify(head.run)},"columns":${columnsText(head.columns)}${restText(head)},"rows":[`,
  rows: (batch, first) => (first ? '' : ',') + batch.join(','),
  end: (_run, end) => `],"end":${JSON.stringify(end)}}`,
};

const ndjson: Format = {
  contentType: 'application/x-ndjson; charset=utf-8',
  head: (head) =>
    `{"run":${JSON.stringify(head.run)},"columns":${columnsText(head.columns)}${restText(head)}}\n`,
  rows: (batch) => `${batch.join('\n')}\n`,
  // The run's id tells it from a row: no row can know it before it is answered.
  end: (run, end) => `{"run":${JSON.stringify(run)},"end":${JSON.stringify(end)}}\n`,
};

const positionText = ({ position }: Head): string =>
  position === null ? '' : `,"position":${JSON.stringify(position)}`;

const headersText = ({ headers }: Head): string =>
  headers === undefined ? '' : `,"headers":${JSON.stringify(headers)}`;

const sentText = ({ sent }: Head): string => (sent === undefined ? '' : `,"sent":${JSON.stringify(sent)}`);

const restText = (head: Head): string => positionText(head) + headersText(head) + sentText(head);

const texts = new WeakMap<readonly object[], string>();

/** The columns of a kept compiled query are the same array at every run. */
function columnsText(columns: Head['columns']): string {
  const known = texts.get(columns);
  if (known !== undefined) return known;
  const text = JSON.stringify(columns);
  texts.set(columns, text);
  return text;
}

/** NDJSON when it is asked for by name and JSON is not wanted more; JSON otherwise. */
export function formatFor(accept: string): Format {
  const ofNdjson = wishFor('application/x-ndjson', accept);
  return ofNdjson > 0 && ofNdjson >= wishFor('application/json', accept) ? ndjson : json;
}

/** How much a type is wanted that is named (RFC 9110, 12.5.1): from 0 to 1. */
function wishFor(type: string, accept: string): number {
  const named = accept.split(',').find((one) => one.split(';')[0]?.trim().toLowerCase() === type);
  if (named === undefined) return 0;
  return Number(/;\s*q=([\d.]+)/i.exec(named)?.[1] ?? 1);
}
