import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tcpPort } from './tcp-port.ts';

test('a kept port that a stranger has taken gives way to another, which is kept from then on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-port-'));
  const stranger = createServer();
  onTestFinished(() => {
    stranger.close();
    rmSync(folder, { recursive: true });
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port: taken } = stranger.address() as AddressInfo;
  const file = join(folder, 'port');
  writeFileSync(file, `${taken}\n`);
  const port = await tcpPort(file, false);
  expect(port).not.toBe(taken);
  expect(readFileSync(file, 'utf8')).toBe(`${port}\n`);
  expect(await tcpPort(file, false)).toBe(port);
});
