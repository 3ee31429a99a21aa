const PARTS =
  /^P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?)?$/;
const NAMES = ['year', 'month', 'week', 'day'] as const;

/** PostgreSQL's `P12DT2H3M4.5S` as `12 days 02:03:04.5`; what is written otherwise stays as it is. */
export function intervalText(value: string): string {
  const parts = PARTS.exec(value)?.slice(1);
  if (parts === undefined) return value;
  const [hours = '0', minutes = '0', seconds = '0'] = parts.slice(4);
  const days = NAMES.flatMap((name, i) => {
    const many = parts[i];
    return many === undefined ? [] : [`${many} ${name}${Number(many) === 1 ? '' : 's'}`];
  });
  const time = [hours, minutes, seconds];
  const none = time.every((part) => Number(part) === 0);
  if (none && days.length > 0) return days.join(' ');
  const minus = time.some((part) => part.startsWith('-')) ? '-' : '';
  const two = (part: string) => part.replace('-', '').replace(/^\d(?!\d)/, '0$&');
  return [...days, `${minus}${time.map(two).join(':')}`].join(' ');
}
