import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { listening } from './listening.ts';

function listen(host: string, port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

test('an address that is taken, or is none of this machine, is told with what to do', async () => {
  const first = await listen('127.0.0.1', 0);
  const { port } = first.address() as { port: number };
  const told = (host: string) => {
    const at = { host, port };
    return listening('SALLYPORT_LISTEN', at, () => listen(host, port)).catch((error: Error) => error);
  };
  try {
    const taken = await told('127.0.0.1');
    expect(taken).toBeInstanceOf(CannotStart);
    expect(taken).toMatchObject({
      message: `Another program already listens on 127.0.0.1:${port}. Stop it, or set SALLYPORT_LISTEN to another port.`,
    });
    expect(await told('192.0.2.1')).toMatchObject({
      message: expect.stringContaining('is no address of this machine. Set SALLYPORT_LISTEN'),
    });
  } finally {
    first.close();
  }
});

test('what has no sentence stays the fault that it is', async () => {
  const fault = new Error('else');
  await expect(listening('X', { host: '::1', port: 1 }, async () => Promise.reject(fault))).rejects.toBe(
    fault,
  );
});
