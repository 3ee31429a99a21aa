import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startMariadb } from './mariadb-server.ts';
import { migratedPostgres } from './migrated-postgres.ts';
import { debianPostgres, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `sharedServer` asks for the servers of this run. */
    sharedServers: string;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

const starters = {
  postgres: migratedPostgres,
  mariadb: startMariadb,
  postgres15: async () => {
    const bin = debianPostgres(15);
    if (bin === undefined) throw new Error('Debian’s postgresql-15 is not installed.');
    return startPostgres(bin);
  },
} satisfies Record<string, () => Promise<Stoppable>>;

export type SharedServers = { [K in keyof typeof starters]: Awaited<ReturnType<(typeof starters)[K]>> };

/** One server of each engine for the whole run, started when the first test file asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Stoppable>>();
  const broker = createServer((request, response) => {
    const name = (request.url ?? '').slice(1) as keyof typeof starters;
    const server: Promise<Stoppable> = started.get(name) ?? starters[name]();
    started.set(name, server);
    server.then(
      (ready) => response.end(JSON.stringify(ready)),
      (error: Error) => {
        response.statusCode = 500;
        response.end(`${error.message} ${error.cause ?? ''}`);
      },
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('sharedServers', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  return async () => {
    broker.close();
    broker.closeAllConnections();
    const servers = await Promise.allSettled(started.values());
    await Promise.all(servers.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  };
}
