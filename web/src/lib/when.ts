const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const precise = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
} as const;
const full = new Intl.DateTimeFormat('en-GB', precise);
const utc = new Intl.DateTimeFormat('en-GB', { ...precise, timeZone: 'UTC' });

const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Calendar days from then to now; of what is to come, less than none. */
const daysAgo = (at: Date, now: Date): number => Math.round((midnight(now) - midnight(at)) / 86_400_000);

/** Today `09:41`, then `Yesterday`, `19 Nov`, another year `19 Nov 2025`. */
export function shortTime(instant: string, now = new Date(), seconds = false): string {
  const at = new Date(instant);
  const days = daysAgo(at, now);
  if (days === 0) return (seconds ? clockSeconds : clock).format(at);
  if (seconds) return dayAndTime(instant, now);
  if (days === 1) return 'Yesterday';
  return (at.getFullYear() === now.getFullYear() ? day : dayYear).format(at);
}

/**
 * Today `09:41`, then `Yesterday 09:41`, `19 Nov, 09:41`, another year `19 Nov 2025, 09:41`. `time`: what the clock said,
 * where this person's may say another.
 */
export function dayAndTime(
  instant: string,
  now = new Date(),
  time = clock.format(new Date(instant)),
): string {
  if (daysAgo(new Date(instant), now) === 0) return time;
  const date = shortTime(instant, now);
  return date === 'Yesterday' ? `${date} ${time}` : `${date}, ${time}`;
}

/** The same, to stand in a sentence: `today, 09:41`, `yesterday`, `tomorrow, 09:41`, `19 Nov`. */
export function timeWithin(instant: string, now = new Date()): string {
  const at = new Date(instant);
  if (daysAgo(at, now) === -1) return `tomorrow, ${clock.format(at)}`;
  const short = shortTime(instant, now);
  if (/^\d\d:/.test(short)) return `today, ${short}`;
  return short === 'Yesterday' ? 'yesterday' : short;
}

/** The full time in the person's zone, and in UTC. */
export function fullTime(instant: string): { local: string; utc: string } {
  const at = new Date(instant);
  return { local: full.format(at), utc: utc.format(at) };
}
