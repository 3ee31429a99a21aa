import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createOutbound } from '../../server/src/platform/outbound/outbound.ts';
import { ConnectorError, type Dial, type Pool } from '../port.ts';
import { codeOf, dial, run } from './harness.ts';
import { codeAfter, poolOf, type SqlEngine, untilRunning } from './sql-harness.ts';

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Everything that an error tells, for looking for what it must not tell. */
const told = (error: ConnectorError) => `${error.message} ${error.detail} ${JSON.stringify(error)}`;

export function sqlConnecting(engine: SqlEngine): void {
  describe('connecting', () => {
    it('D5 verifies the certificate by default, and says so when it cannot', async () => {
      const verified = poolOf(engine);
      expect((await run(verified, 'select 1 as one')).rows).toEqual([{ one: engine.dialect.literal(1) }]);
      await verified.close();
      const unknown = poolOf(engine, { settings: { ca: undefined } });
      expect(await codeOf(unknown.probe())).toBe('source_tls_failed');
      await unknown.close();
      // By its name too: the certificate is that of localhost.
      const elsewhere = poolOf(engine, {
        settings: { host: 'db.example.com' },
        dial: (_host, port, signal) => dial('127.0.0.1', port, signal),
      });
      expect(await codeOf(elsewhere.probe())).toBe('source_tls_failed');
      await elsewhere.close();
      const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
      for (const ca of ['no certificate', broken]) {
        const pool = poolOf(engine, { settings: { ca } });
        expect(await codeOf(pool.probe())).toBe('source_tls_failed');
        await pool.close();
      }
    });

    it('D5 what is encrypted crosses the line unread, its certificate checked or not', async () => {
      for (const [settings, readable] of [
        [{}, false],
        [{ tls: 'encrypt', ca: undefined }, false],
        [{ tls: 'off', ca: undefined }, true],
      ] as const) {
        const sent: string[] = [];
        const pool = poolOf(engine, {
          settings,
          dial: async (...to) => {
            const socket = await dial(...to);
            // Under TLS the bytes leave by another way, which is not listened to.
            const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
            const listened = (...given: unknown[]) => {
              sent.push((given[0] as Buffer | string).toString('latin1'));
              return write(...given);
            };
            Object.assign(socket, { write: listened });
            return socket;
          },
        });
        expect((await run(pool, 'select 1 as canary')).rows).toEqual([{ canary: engine.dialect.literal(1) }]);
        await pool.close();
        expect(sent.join('').includes('canary'), JSON.stringify(settings)).toBe(readable);
      }
    });

    it('a wrong password is told by a code, and no message holds host, user, database or password', async () => {
      const pool = poolOf(engine, { password: 'canary-password' });
      const error = (await pool.probe().catch((e: unknown) => e)) as ConnectorError;
      expect(error).toBeInstanceOf(ConnectorError);
      expect(error.code).toBe('source_credential_rejected');
      const { user, database } = engine.database();
      for (const word of ['canary-password', 'localhost', '127.0.0.1', user, database])
        expect(told(error)).not.toContain(word);
      await pool.close();
    });

    it('nor does the message of a statement that fails', async () => {
      const pool = poolOf(engine);
      // The engine quotes a name that it does not know.
      const error = (await run(pool, 'select localhost').catch((e: unknown) => e)) as ConnectorError;
      expect(error.detail).toContain('…');
      expect(told(error)).not.toContain('localhost');
      await pool.close();
    });

    it('a database that does not exist, and a port where nothing listens', async () => {
      const missing = poolOf(engine, { settings: { database: 'no_such_database' } });
      expect(['source_failed', 'source_privilege_missing']).toContain(await codeOf(missing.probe()));
      const nothing = poolOf(engine, { settings: { port: 1 } });
      expect(await codeOf(nothing.probe())).toBe('source_unreachable');
      await Promise.all([missing.close(), nothing.close()]);
    });

    it('a server that accepts and never answers ends after 8 s, and at once by an abort', async () => {
      const silent = createServer(() => undefined);
      const port = await listening(silent);
      let dialled = Promise.withResolvers<void>();
      const telling: Dial = async (...to) => {
        const socket = await dial(...to);
        setImmediate(dialled.resolve);
        return socket;
      };
      // By its address: of a name, the guard waits a moment for the better one of its addresses.
      const settings = { host: '127.0.0.1', port, tls: 'encrypt' } as const;
      const [one, other] = [0, 1].map(() => poolOf(engine, { settings, dial: telling })) as [Pool, Pool];
      const stop = new AbortController();
      const aborted = codeOf(one.probe(stop.signal));
      await dialled.promise;
      stop.abort();
      expect(await aborted).toBe('run_cancelled');
      dialled = Promise.withResolvers();
      const code = await codeAfter(8_000, () => ({ work: other.probe(), begun: dialled.promise }));
      expect(code).toBe('source_timeout');
      await Promise.all([one.close(), other.close()]);
      silent.close();
    });

    it('a server that talks nonsense is a coded failure', async () => {
      const noise = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
      const pool = poolOf(engine, { settings: { port: await listening(noise) } });
      expect(['source_tls_failed', 'source_unreachable', 'source_failed']).toContain(
        await codeOf(pool.probe()),
      );
      await pool.close();
      noise.close();
    });

    it('a hostile server cannot end or hold the process', async () => {
      const random = (seed: number) =>
        Buffer.from(Array.from({ length: 300 }, (_, i) => (i * seed * 7919 + seed) % 251));
      const pgMessage = (code: string, body: Buffer) => {
        const message = Buffer.alloc(5 + body.length);
        message.write(code);
        message.writeUInt32BE(body.length + 4, 1);
        body.copy(message, 5);
        return message;
      };
      const words = (...all: number[]) =>
        Buffer.concat(all.map((n) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n])));
      const mysqlMessage = (body: Buffer) => Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
      const greeting = mysqlMessage(
        Buffer.concat([Buffer.from([10]), Buffer.from('8.0.1\0'), Buffer.alloc(40, 255)]),
      );
      const accepted = pgMessage('R', words(0));
      const hostile = [
        ...Array.from({ length: 12 }, (_, i) => random(i + 1)),
        pgMessage('R', words(99)),
        pgMessage('R', words(10)),
        pgMessage('E', Buffer.from('Mno end')),
        pgMessage('N', Buffer.from('M\0')),
        Buffer.concat([accepted, pgMessage('T', Buffer.from([255, 255]))]),
        Buffer.concat([accepted, pgMessage('D', Buffer.from([127, 255]))]),
        Buffer.concat([accepted, Buffer.from([90, 255, 255, 255, 255, 1])]),
        Buffer.concat([accepted, pgMessage('K', Buffer.from([1]))]),
        Buffer.concat([
          accepted,
          pgMessage('Z', Buffer.from('I')),
          pgMessage('Z', Buffer.from('I')),
          random(3),
        ]),
        greeting,
        Buffer.concat([greeting, random(5)]),
        mysqlMessage(Buffer.from([255, 21, 4])),
        mysqlMessage(Buffer.from([10])),
        mysqlMessage(Buffer.from([10, 56, 0])),
      ];
      let next = 0;
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        const bytes = hostile[next]!;
        socket.write(bytes.subarray(0, 7));
        setTimeout(() => socket.end(bytes.subarray(7)), 5);
      });
      const port = await listening(server);
      for (; next < hostile.length; next += 1) {
        const pool = poolOf(engine, { settings: { port, tls: 'off', ca: undefined } });
        const code = await codeOf(pool.probe());
        expect(code, `message ${next}`).toMatch(/^source_/);
        await pool.close();
      }
      server.close();
    });

    it('a hostile server cannot fill the memory: what never ends, in the handshake or after it, ends the connection', async () => {
      const message = (code: string, length: number, ...body: number[]) =>
        Buffer.from([code.charCodeAt(0), 0, 0, 0, length, ...body]);
      const hello = Buffer.concat([
        Buffer.from('\n8.0.1\0'),
        Buffer.from([1, 0, 0, 0, ...Array(8).fill(65), 0, 0xff, 0xf7, 33, 2, 0, 0xff, 0xc7, 21]),
        Buffer.alloc(10),
        Buffer.from('BBBBBBBBBBBB\0mysql_native_password\0'),
      ]);
      const packet = (number: number, body: Buffer) =>
        Buffer.concat([Buffer.from([body.length, 0, 0, number]), body]);
      // Each side of the talk says one thing, and then the last without end.
      const [first, second] =
        engine.connector.engine === 'postgres'
          ? [
              Buffer.alloc(0),
              Buffer.concat([
                message('R', 8, 0, 0, 0, 0),
                message('K', 12, 0, 0, 0, 1, 0, 0, 0, 1),
                message('Z', 5, 73),
              ]),
            ]
          : [packet(0, hello), packet(2, Buffer.from([0, 0, 0, 2, 0, 0, 0]))];
      // The header of a message of 250 MB, or of packets of 16 MB each, and what is in it.
      const header =
        engine.connector.engine === 'postgres' ? Buffer.from([83, 15, 0, 0, 0]) : Buffer.alloc(0);
      const body = Buffer.alloc(64 * 1024, 255);
      for (const greeted of [false, true]) {
        const server = createServer((socket) => {
          const endless = () => {
            while (!socket.destroyed && socket.write(body));
            socket.once('drain', endless);
          };
          socket.on('error', () => undefined);
          if (!greeted) {
            socket.write(header);
            return endless();
          }
          socket.write(first);
          socket.once('data', () => {
            socket.write(second);
            socket.once('data', () => {
              socket.write(header);
              endless();
            });
          });
        });
        const pool = poolOf(engine, {
          settings: { port: await listening(server), tls: 'off', ca: undefined },
        });
        expect(await codeOf(pool.probe()), `greeted: ${greeted}`).toBe('source_answer_invalid');
        await pool.close();
        server.close();
      }
    });

    it('D9 opens no socket but by the guard: a trap that the guard refuses is never reached', async () => {
      let reached = 0;
      const trap = createServer((socket) => {
        reached += 1;
        socket.on('error', () => undefined);
        socket.destroy();
      });
      const port = await listening(trap);
      const refusing = createOutbound({
        rules: { allow: [], deny: [] },
        own: () => [{ what: 'listener', host: '127.0.0.1', port }],
        listensOnLoopbackOnly: () => true,
      });
      const pool = poolOf(engine, { settings: { port }, dial: refusing.dial });
      expect(await codeOf(pool.probe())).toBe('egress_refused');
      expect(await codeOf(run(pool, 'select 1 as one'))).toBe('egress_refused');
      expect(reached).toBe(0);
      const allowed = poolOf(engine, { settings: { port } });
      await codeOf(allowed.probe());
      expect(reached).toBeGreaterThan(0);
      await Promise.all([pool.close(), allowed.close()]);
      trap.close();
    });

    it('S3 a pool that is closed at any moment, of connecting too, ends what was to run and nothing else', async () => {
      const sleeping = `/* mark_s3 */ ${engine.dialect.sleep(20)}`;
      const started = performance.now();
      const whole = poolOf(engine);
      const first = codeOf(run(whole, sleeping));
      await untilRunning(engine, 'mark_s3', 1, 5_000);
      const step = (1.5 * (performance.now() - started)) / 60;
      await whole.close();
      expect(await first).toBe('run_cancelled');
      for (let moment = 0; moment < 60; moment++) {
        const pool = poolOf(engine);
        const code = codeOf(run(pool, sleeping));
        const until = performance.now() + moment * step;
        while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
        await pool.close();
        expect(await code).toBe('run_cancelled');
      }
      await untilRunning(engine, 'mark_s3', 0, 5_000);
    });

    it('a connection that was ended while idle is replaced, and the reader does not notice', async () => {
      let dialled = 0;
      const counting: Dial = (...to) => {
        dialled += 1;
        return dial(...to);
      };
      const pool = poolOf(engine, { dial: counting });
      await run(pool, 'select 1 as one');
      await engine.dialect.endConnections(engine.database().user);
      expect((await run(pool, 'select 2 as two')).rows).toEqual([{ two: engine.dialect.literal(2) }]);
      expect(dialled).toBe(2);
      await pool.close();
    });

    it('a source that allows fewer connections than we would open costs time and no run', async () => {
      const { user } = engine.database();
      await engine.dialect.endConnections(user);
      await engine.dialect.limitConnections(user, 2);
      const pool = poolOf(engine);
      try {
        const all = await Promise.all(Array.from({ length: 20 }, () => run(pool, 'select 1 as one')));
        expect(all.map((one) => one.rows)).toEqual(all.map(() => [{ one: engine.dialect.literal(1) }]));
      } finally {
        await engine.dialect.limitConnections(user, null);
        await pool.close();
      }
    });

    it('many at once share few connections, and a closed pool refuses', async () => {
      let dialled = 0;
      const counting: Dial = (...to) => {
        dialled += 1;
        return dial(...to);
      };
      const pool = poolOf(engine, { dial: counting });
      const all = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          run(pool, `select ${engine.dialect.placeholder(1)} as v`, { binds: [String(i)] }),
        ),
      );
      expect(all.map((one) => String(one.rows[0]?.v))).toEqual(
        Array.from({ length: 60 }, (_, i) => String(i)),
      );
      expect(dialled).toBeLessThanOrEqual(10);
      await pool.close();
      expect(await codeOf(run(pool, 'select 1 as one'))).toBe('run_cancelled');
    });
  });
}
