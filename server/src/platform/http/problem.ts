import type { Problem } from '@sallyport/contract';
import type { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import { saysAway, takesNoWrites } from '../db/database-away.ts';
import { refuse } from './refusals.ts';

/** The problem document of a refusal. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  return {
    type: `https://sallyport.dev/errors#${refusal.code}`,
    code: refusal.code,
    title: refusal.row.title,
    status: refusal.row.status,
    next: refusal.row.next,
    requestId,
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    ...(refusal.places.length === 0 ? {} : { places: [...refusal.places] }),
    ...(Object.keys(refusal.extra).length === 0 ? {} : { extra: { ...refusal.extra } }),
  };
}

/** Turns whatever was thrown into a refusal; what nobody expected becomes `fault`, without its message. */
export function refusalOf(error: unknown, bodyLimit = 0): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  switch (code) {
    case 'FST_STATIC_FORBIDDEN_PATH':
      return refuse('route_not_found');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('body_too_large', { values: { limit: bodyLimit } });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return refuse('media_type_unsupported');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refuse('json_invalid');
  }
  if (code === '08007') return refuse('database_outcome_unknown', { cause: error });
  if (code === '53100') return refuse('database_full', { cause: error });
  if (takesNoWrites(error)) return refuse('database_read_only', { cause: error });
  if (COLLIDED.has(String(code))) return refuse('database_busy', { cause: error });
  if (saysAway(error) || ENDED.test(String(code))) return refuse('database_unavailable', { cause: error });
  if (statusCode === 400) return refuse('json_invalid');
  // What the files of the web app are served by.
  if (statusCode === 403) return refuse('route_not_found');
  if (statusCode === 412) return refuse('precondition_failed');
  return refuse('fault', { cause: error });
}

/** PostgreSQL has too little of something, such as connections (53), or ended a transaction in which this node stood still or took too long. */
const ENDED = /^(53...|25P0[34])$/;

/** PostgreSQL rolled the transaction back, since of several that waited for each other none could go on. */
const COLLIDED = new Set(['40001', '40P01']);

/** Every place where the input broke its schema. */
export function inputRefusal(part: 'params' | 'query' | 'body', error: z.ZodError): Refusal {
  const places = error.issues.slice(0, 20).map((issue) => ({
    path: said([part === 'body' ? null : part, ...issue.path].filter((step) => step !== null).join('.')),
    message: said(wordsOf(issue)),
  }));
  return refuse('input_invalid', { places });
}

const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

/** A limit as people say it; zod's other messages end without a stop, and are read beside sentences. */
function wordsOf(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  // Unless the schema has words of its own.
  const limit =
    /^Too (?:big|small):/.test(message) &&
    (issue.code === 'too_big' || issue.code === 'too_small') &&
    issue.inclusive === true &&
    issue;
  if (!limit) return /[.!?]$/.test(message) ? message : `${message}.`;
  const counted = COUNTED[limit.origin];
  if (limit.code === 'too_small' && counted !== undefined && Number(limit.minimum) === 1)
    return 'This must not be empty.';
  const [word, figure] =
    limit.code === 'too_big' ? ['maximum', limit.maximum] : (['minimum', limit.minimum] as const);
  return `The ${word} is ${figure.toLocaleString('en')}${counted ?? ''}.`;
}

const LONGEST_SAID = 300;

/** Names that came with the request are said again: no further than one reads, and with nothing that hides or turns words. */
function said(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return plain.length <= LONGEST_SAID ? plain : `${plain.slice(0, LONGEST_SAID).toWellFormed()}…`;
}
