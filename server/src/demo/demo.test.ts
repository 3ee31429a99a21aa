import { expect, test } from 'vitest';
import { personCall } from '../../test/person-call.ts';
import { newId } from '../kernel/ids.ts';
import { Secret } from '../kernel/secret.ts';
import { createDemo, type DemoDeps } from './index.ts';

test('D4 an install that fails leaves no source behind, which would be taken for the whole demo', async () => {
  const connected: { id: string; slug: string }[] = [];
  const deps = {
    db: { tenant: async () => undefined },
    sources: {
      list: async () => connected,
      connect: async () => {
        const made = { id: newId(), slug: 'demo-database' };
        connected.push(made);
        return made;
      },
      test: async () => undefined,
      remove: async (_call: unknown, id: string) => {
        connected.splice(
          connected.findIndex((one) => one.id === id),
          1,
        );
      },
    },
    apps: {
      importAndPublish: async () => {
        throw new Error('The address of the data source is not allowed.');
      },
    },
    server: { host: '127.0.0.1', port: 1, database: 'demo', user: 'tool', password: new Secret('x') },
  };
  const { install } = createDemo(deps as unknown as DemoDeps);
  const call = personCall(newId());
  for (let tries = 0; tries < 2; tries++) await expect(install(call)).rejects.toThrow('is not allowed');
  expect(connected).toEqual([]);
});

test('D4 of two who install it at once, the second leaves nothing behind', async () => {
  const connected = new Map<string, string>();
  const imported: string[] = [];
  const deps = {
    db: { tenant: async () => undefined },
    sources: {
      list: async () => [...connected.values()].map((slug) => ({ slug })),
      connect: async () => {
        const made = { id: newId<string>(), slug: `demo-database${connected.size === 0 ? '' : '-2'}` };
        connected.set(made.id, made.slug);
        return made;
      },
      test: async () => undefined,
      remove: async (_call: unknown, id: string) => void connected.delete(id),
    },
    apps: {
      importAndPublish: async () => {
        imported.push('flights');
        return { slug: 'flights' };
      },
    },
    server: { host: '127.0.0.1', port: 1, database: 'demo', user: 'tool', password: new Secret('x') },
  };
  const { install } = createDemo(deps as unknown as DemoDeps);
  const call = personCall(newId());
  const [first, second] = [install(call), install(call)];
  await expect(second).rejects.toMatchObject({ code: 'demo_present' });
  expect(await first).toEqual({ slug: 'flights' });
  expect([...connected.values()]).toEqual(['demo-database']);
  expect(imported).toHaveLength(1);
});
