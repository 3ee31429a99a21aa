import { isOddMoment } from '@sallyport/contract';
import { seenText } from '../../../lib/seen-text.ts';
import { dayAndTime, fullTime } from '../../../lib/when.ts';
import { isClockTime } from '../../engine/clock-time.ts';
import { shownText } from '../../engine/shown-text.ts';
import { wallTime } from '../../engine/zone-time.ts';
import { formatNumber } from '../format-number.ts';
import type { Column } from './column-model.ts';
import { intervalText } from './interval-text.ts';
import { shownBytes } from './shown-bytes.ts';

export interface CellText {
  readonly text: string;
  /** Said on hover when it says more than the text. */
  readonly title?: string;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A calendar date has no zone: the same day everywhere. Of an instant, it is the person's day that is shown. */
function dateText(value: string): CellText {
  if (isOddMoment(value)) return { text: value };
  const wall = value.includes('T') && !isClockTime(value) ? wallTime(value) : null;
  if (wall !== null) return { ...timeText(value), text: dateText(wall).text };
  const at = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return { text: value };
  const thisYear = at.getUTCFullYear() === new Date().getFullYear();
  return { text: (thisYear ? day : dayYear).format(at), title: value };
}

/**
 * An instant, in the person's zone, with its time also of a past day: of the rows of one day it is what differs. On hover
 * the full time with the zone, and UTC. A time without a zone has none there.
 */
function timeText(value: string): CellText {
  if (isOddMoment(value)) return { text: value };
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return { text: value };
  if (isClockTime(value)) {
    // As it was written: where the clocks go forward, this person's day has no such hour.
    return { text: dayAndTime(value, new Date(), value.slice(11, 16)), title: value.replace('T', ' ') };
  }
  const { local, utc } = fullTime(value);
  return { text: dayAndTime(value), title: `${local}\n${utc}` };
}

/** A few bytes are told from others by what they are, as a key is; of a file, how many there are is for a cell. */
function bytesText(value: object): CellText {
  const { bytes = 0 } = value as { bytes?: number };
  return {
    text:
      shownBytes(value) ??
      (bytes < 1_000
        ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
        : `${formatNumber(Math.round(bytes / 1_000), 'number')} kB`),
  };
}

/** What a cell says of a value; nothing of null. */
export function formatCell(value: unknown, column: Column): CellText {
  const { text, title } = formatted(value, column);
  return { text: seenText(text), ...(title !== undefined && { title: seenText(title) }) };
}

function formatted(value: unknown, column: Column): CellText {
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'object')
    return column.type === 'binary' ? bytesText(value) : { text: shownText(value) };
  switch (column.kind) {
    case 'number':
      // Noughts and nines that are a double's working are not shown; on hover, it is as it came.
      return { text: column.grouped ? formatNumber(value, 'number') : String(value), title: String(value) };
    case 'currency':
      return { text: formatNumber(value, 'currency', column.currency), title: String(value) };
    case 'percent':
      return { text: formatNumber(value, 'percent'), title: String(value) };
    case 'boolean':
      if (value === true || value === 'true' || value === 1) return { text: 'Yes' };
      if (value === false || value === 'false' || value === 0) return { text: 'No' };
      // A truth value of MySQL that is another number is neither, to a filter too; a figure is yes where the app says so.
      return { text: typeof value === 'number' && column.type !== 'boolean' ? 'Yes' : shownText(value) };
    case 'date':
      return dateText(String(value));
    case 'datetime':
      return timeText(String(value));
    case 'json':
      return { text: shownText(value) };
    default:
      return column.interval
        ? { text: intervalText(String(value)), title: String(value) }
        : { text: String(value) };
  }
}

/** A link from data: https, http or email; anything else is text, also where a name before an @ reads as the host. */
export function linkOf(value: unknown): string | null {
  const text = shownText(value).trim();
  if (/^[^\s@/:]+@[^\s@/:][^\s@/:.]*\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  try {
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') return null;
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
