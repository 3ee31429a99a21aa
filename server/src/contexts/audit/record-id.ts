import { newId } from '../../kernel/ids.ts';

/**
 * Makes ids of records: UUID version 7 whose 12 bits after the time count within a millisecond (RFC 9562, 6.2, method 1),
 * so that what one node records is listed in the order in which it was recorded.
 */
export function createRecordIds(): (now: number) => string {
  let last = 0;
  let count = 0;
  return (now) => {
    if (now > last) {
      last = now;
      count = 0;
    } else if (++count > 0xfff) {
      last += 1;
      count = 0;
    }
    const id = newId<string>(last);
    return `${id.slice(0, 15)}${count.toString(16).padStart(3, '0')}${id.slice(18)}`;
  };
}
