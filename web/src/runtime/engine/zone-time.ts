const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes east of UTC as `+01:00`. */
const offsetText = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;

/** An instant as the clock on this person's wall says it: `2026-11-22 09:41:00`; null when it is no instant. */
export function wallTime(instant: unknown): string | null {
  if (typeof instant !== 'string' && typeof instant !== 'number') return null;
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return null;
  const year = String(at.getFullYear()).padStart(4, '0');
  const date = `${year}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** How far clocks are put back, in milliseconds: an hour, half of one on Lord Howe Island, and two at Troll. */
const PUT_BACK = [3_600_000, 1_800_000, 7_200_000];

/** The instant at which the clocks, put back, say the same once more as at `at`; undefined where they do not. */
const again = (at: Date): Date | undefined =>
  PUT_BACK.map((by) => new Date(at.getTime() + by)).find(
    (later) => wallTime(later.getTime()) === wallTime(at.getTime()),
  );

/** Whether the clocks, put back, say the same at another instant: only its zone tells this one from it. */
export function comesTwice(at: Date): boolean {
  const earlier = PUT_BACK.map((by) => new Date(at.getTime() - by));
  return again(at) !== undefined || earlier.some((one) => again(one)?.getTime() === at.getTime());
}

/**
 * ISO 8601 with the offset that holds at that time. Before there were zones, offsets had seconds, which ISO 8601 has no
 * place for: such an instant is said in UTC.
 */
function withOffset(at: Date): string {
  const text = `${(wallTime(at.getTime()) ?? '').replace(' ', 'T')}${offsetText(-at.getTimezoneOffset())}`;
  return Date.parse(text) === at.getTime() ? text : at.toISOString().replace('.000', '');
}

/**
 * A wall time of this person's zone as an instant. Where the clocks are put back it comes twice: then it is the one with
 * the offset of `before`, the instant that is being changed, else the first.
 */
export function instantOf(wall: string, before?: unknown): string | null {
  const first = new Date(wall.replace(' ', 'T'));
  if (Number.isNaN(first.getTime())) return null;
  const offset = typeof before === 'string' ? new Date(before).getTimezoneOffset() : Number.NaN;
  const second = again(first);
  return withOffset(second?.getTimezoneOffset() === offset ? second : first);
}

/** The same, and the second where it comes twice. */
export function lastInstantOf(wall: string): string | null {
  const first = new Date(wall.replace(' ', 'T'));
  return Number.isNaN(first.getTime()) ? null : withOffset(again(first) ?? first);
}

/** The person's zone in a word, at that time: `CET`, `GMT+1`. */
export function zoneName(instant: unknown): string {
  const at = typeof instant === 'string' ? new Date(instant) : new Date();
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(
    Number.isNaN(at.getTime()) ? new Date() : at,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
