import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConnectorError } from '@sallyport/connectors/port.ts';
import { expect, test } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { openLog } from './log.ts';

function lines() {
  const written: string[] = [];
  return { written, log: openLog('debug', { write: (line: string) => void written.push(line) }) };
}

test('a canary does not reach the log by any road', () => {
  const { written, log } = lines();
  const canary = 'c4n4ry';
  const error = Object.assign(new Error(`connect postgres://u:${canary}@${canary}@db/x failed`), {
    code: '28P01',
    config: { password: canary },
    parameters: [canary],
    cause: new Error('inner', { cause: { headers: { Authorization: `Bearer ${canary}` } } }),
  });
  log.error({ err: error }, `failed at mysql://${canary}:x@host`);
  log.info({ error, nested: [{ 'Set-Cookie': canary, api_key: canary, sealed: new Secret(canary) }] }, 'x');
  log.warn(
    { url: new URL(`https://${canary}:x@host/`), bytes: Buffer.from(canary), client_secret: canary },
    'x',
  );
  log.child({ token: canary }).info({ headers: { cookie: canary, 'proxy-authorization': canary } }, 'x');
  expect(written.join('')).not.toContain(canary);
  expect(JSON.parse(written[2] ?? '')).toMatchObject({ bytes: `${canary.length} bytes` });
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    level: 'error',
    err: { type: 'Error', code: '28P01', message: 'connect postgres://…@db/x failed' },
    msg: 'failed at mysql://…@host',
  });
});

test('of what a source said, only type and code are kept', () => {
  const { written, log } = lines();
  const said = Object.assign(new Error('row c4n4ry is too long'), { code: 'ZZ001' });
  log.error({ err: new ConnectorError('source_failed', 'row c4n4ry', { cause: said }) }, 'request failed');
  expect(written.join('')).not.toContain('c4n4ry');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    err: { message: 'source_failed', cause: { type: 'Error', code: 'ZZ001' } },
  });
});

test('what is not a secret is kept, and a deep or circular value ends', () => {
  const { written, log } = lines();
  const circular: Record<string, unknown> = { route: '/v1/runs', status: 200 };
  circular.self = circular;
  log.info(circular, 'request');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ route: '/v1/runs', status: 200, msg: 'request' });
});

/** Runs a program that has `log` at hand, its standard output read or not. */
function program(body: string, read: boolean) {
  const log = JSON.stringify(fileURLToPath(new URL('./log.ts', import.meta.url)));
  const text = `import { openLog } from ${log}; const log = openLog('info'); ${body}`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let out = '';
  if (read) child.stdout?.on('data', (piece) => (out += piece));
  return { child, ended: once(child, 'close').then(() => out) };
}

test('lines that were waiting are written when the process ends, in their order', async () => {
  const out = await program(
    `log.info({ n: 1 }, 'x'); log.warn({ n: 2 }, 'x'); log.info({ n: 3 }, 'x'); process.exit(3);`,
    true,
  ).ended;
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).n),
  ).toEqual([1, 2, 3]);
});

test('a warning is written at once, while others may wait', async () => {
  const { child, ended } = program(`log.warn({}, 'now'); setTimeout(() => undefined, 60_000);`, true);
  const [first] = await once(child.stdout as Readable, 'data');
  expect(String(first)).toContain('"now"');
  child.kill();
  await ended;
});

test('nobody waits for a reader of the log that stands still', async () => {
  const { child } = program(
    `for (let i = 0; i < 40_000; i++) { log.info({ i, pad: 'x'.repeat(500) }, 'x'); if (i % 1000 === 0) await new Promise(setImmediate); }
     process.send('done'); process.on('message', () => process.exit(0));`,
    false,
  );
  expect((await once(child, 'message'))[0]).toBe('done');
  // Also not for its end, once it is seen that the reader stands still.
  const ended = once(child, 'exit');
  await sleep(1_100);
  child.send('end');
  await ended;
});

test('how many lines a reader that stood still did not get is said in their place', async () => {
  const { child } = program(
    `for (let i = 0; i < 25_000; i++) { log.info({ i, pad: 'x'.repeat(500) }, 'x'); if (i % 1000 === 0) await new Promise(setImmediate); }
     process.send('done'); process.on('message', () => { log.info({ i: 25_000 }, 'x'); process.exit(0); });`,
    false,
  );
  await once(child, 'message');
  let out = '';
  const told = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      if (out.includes('"dropped"')) resolve();
    });
  });
  await told;
  child.send('end');
  await once(child, 'close');
  let next = 0;
  for (const line of out.trim().split('\n')) {
    const { i, dropped = 0 } = JSON.parse(line) as { i?: number; dropped?: number };
    if (dropped === 0) expect(i).toBe(next++);
    else next += dropped;
  }
  expect(next).toBe(25_001);
});

test.runIf(process.platform === 'linux')('an output on a full disk is no reason to end', async () => {
  const log = JSON.stringify(fileURLToPath(new URL('./log.ts', import.meta.url)));
  const text = `import { openLog } from ${log}; const log = openLog('info'); log.warn({}, 'x');
    setTimeout(() => { log.warn({}, 'y'); process.send('alive'); process.disconnect(); }, 100);`;
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', text], {
    stdio: ['ignore', full, 'inherit', 'ipc'],
  });
  closeSync(full);
  const ended = once(child, 'exit');
  expect(await once(child, 'message')).toContain('alive');
  expect(await ended).toEqual([0, null]);
});
