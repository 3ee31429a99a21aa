import { generatorLimit } from './generator-limit.ts';
import { type Caller, load } from './load.ts';
import type { Bench } from './report.ts';
import { type Headers, type RunServer, runServer } from './run-server.ts';

const ROWS = 200_000;
const TICKETS = `create table tickets as select n as id, 'customer number ' || n as customer, n % 4 as state,
  timestamptz '2025-01-01' + n * interval '3 minutes' as opened, 'note ' || md5(n::text) as note
  from generate_series(1, ${ROWS}) n`;

/**
 * `load.crud`: 200 members at once, each in turn making a ticket, reading it, changing it, reading a page of the list, and
 * deleting it. `load.run`: 100 members at once, each turning over the list, sorted and filtered on the server.
 */
export const loadPeople: Bench = async (report, { quick }) => {
  const server = await runServer(
    [
      TICKETS,
      'alter table tickets add primary key (id)',
      'alter table tickets alter column opened set not null',
      'create index tickets_opened on tickets (opened, id)',
      'vacuum analyze tickets',
    ],
    {
      list: { text: 'select id, customer, state, opened from tickets', windowed: true },
      one: { text: 'select id, customer, state, opened, note from tickets where id = {{ id }}' },
      make: {
        text: "insert into tickets (id, customer, state, opened, note) values ({{ id }}, {{ customer }}, 0, now(), 'new')",
        expectRows: { exactly: 1 },
      },
      change: {
        text: 'update tickets set note = {{ note }}, state = 1 where id = {{ id }}',
        expectRows: { exactly: 1 },
      },
      remove: { text: 'delete from tickets where id = {{ id }}', expectRows: { exactly: 1 } },
    },
  );
  const seconds = quick ? 4 : 15;
  try {
    const members = await server.members(200);
    for (const [name, people, caller, reach] of [
      ['load.crud', 200, workOnTickets, 800],
      ['load.run', 100, turnOverPages, 400],
    ] as const) {
      const refused: unknown[] = [];
      const connect = (connection: number) => caller(server, members[connection]!, connection);
      await load(connect, people, 2, (error) => refused.push(error));
      const taken = await load(connect, people, seconds, (error) => refused.push(error));
      report.add(name, taken.perSecond, 'requests/s', {
        reach,
        people,
        p50Ms: Number(taken.p50.toFixed(1)),
        p99Ms: Number(taken.p99.toFixed(1)),
        errors: refused.length,
        generatorLimit: Math.round(await generatorLimit(people, taken.bytesEach)),
      });
      if (refused.length > 0) process.stderr.write(`${name}, the first refusal: ${String(refused[0])}\n`);
    }
  } finally {
    await server.close();
  }
};

/** Ids that no two connections and no two rounds share. */
let lastId = ROWS;

function workOnTickets(server: RunServer, member: Headers): Caller {
  let step = 0;
  let id = 0;
  return () => {
    switch (step++ % 5) {
      case 0:
        id = ++lastId;
        return server.run('make', { arguments: { id, customer: `Customer ${id}` } }, member);
      case 1:
        return server.run('one', { arguments: { id } }, member);
      case 2:
        return server.run('change', { arguments: { id, note: `changed ${step}` } }, member);
      case 3:
        return server.run('list', { window: newestFirst }, member);
      default:
        return server.run('remove', { arguments: { id } }, member);
    }
  };
}

const newestFirst = { limit: 50, sort: [{ column: 'opened', direction: 'desc' }] };

function turnOverPages(server: RunServer, member: Headers, connection: number): Caller {
  let page = connection;
  return () => {
    page += 1;
    const filters = page % 2 === 0 ? [] : [{ column: 'state', operator: 'eq', value: page % 4 }];
    return server.run('list', { window: { ...newestFirst, filters, offset: (page % 20) * 50 } }, member);
  };
}
