import { expect, it } from 'vitest';
import { probe } from './probe.ts';
import type { Session } from './session.ts';

/** A MySQL 9.7 with `mandatory_roles`, as it answers what the probe asks. */
const ANSWERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'select version(), current_user()': [['9.7.4', 'ada@%']],
  'show grants': [
    ['GRANT USAGE ON *.* TO `ada`@`%`'],
    ['GRANT SELECT, DELETE ON `shop`.* TO `ada`@`%`'],
    ['GRANT `cleaner`@`%` TO `ada`@`%`'],
  ],
  "show grants for 'ada'@'%'": [
    ['GRANT USAGE ON *.* TO `ada`@`%`'],
    ['GRANT SELECT ON `shop`.* TO `ada`@`%`'],
  ],
  'select current_role()': [['`cleaner`@`%`']],
  "show grants for 'ada'@'%' using `cleaner`@`%`": [
    ['GRANT USAGE ON *.* TO `ada`@`%`'],
    ['GRANT SELECT, DELETE ON `shop`.* TO `ada`@`%`'],
  ],
};

it('D6 a role that every account of a MySQL has is nobody’s to revoke: the remedy says where it comes from', async () => {
  const session = { isMariadb: false, command: async (sql: string) => ANSWERS[sql] } as unknown as Session;
  expect((await probe(session, 'read')).privileges).toMatchObject({
    exceeds: true,
    remedy:
      '-- Every account has `cleaner`@`%`: take it out of mandatory_roles, or its surplus from the role.',
  });
  expect((await probe(session, 'read-write')).privileges).toMatchObject({ exceeds: false, remedy: null });
});
