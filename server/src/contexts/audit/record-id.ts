import { randomFresh } from '../../kernel/random-pool.ts';

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
    const time = last.toString(16).padStart(12, '0');
    const random = randomFresh(8);
    // The variant: binary 10.
    random[0] = ((random[0] as number) & 0x3f) | 0x80;
    const rest = random.toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${rest.slice(0, 4)}-${rest.slice(4)}`;
  };
}
