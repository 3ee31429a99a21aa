import { expect, it } from 'vitest';
import { positionPlaceholder } from './position-placeholder.ts';

it('Q17 a time is a text before it is cast: MySQL reads 26:00:00 as a day of 2026 where the bind is cast at once', () => {
  const time = { name: 'span', type: 'text', engineType: 'time(3)', nullable: true } as const;
  expect(positionPlaceholder(time)).toBe('cast(cast(? as char) as time(6))');
  expect(positionPlaceholder({ ...time, engineType: 'varchar(9)' })).toBe('?');
});
