import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';

/** Chosen by itself, and written to a file of the profile. Nothing is fetched but what a test asks for. */
const PREFERENCES = `
user_pref("marionette.port", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("app.update.enabled", false);
user_pref("intl.accept_languages", "en-US");
`;

/** Firefox by Marionette, its own form of WebDriver: what geckodriver speaks to it, which Debian does not have. */
export async function openFirefox(): Promise<Engine> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  await writeFile(join(profile, 'user.js'), PREFERENCES);
  const child = spawn(
    '/usr/bin/firefox-esr',
    [
      '--headless',
      '--no-remote',
      '--marionette',
      '--profile',
      profile,
      '--width',
      '1440',
      '--height',
      '1000',
    ],
    { env: { ...process.env, HOME: profile }, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const socket = connect({ port: await portOf(profile), host: '127.0.0.1' });
  const waiting = new Map<number, (answer: readonly [error: unknown, result: unknown]) => void>();
  let received = Buffer.alloc(0);
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (let colon = received.indexOf(':'); colon > 0; colon = received.indexOf(':')) {
      const end = colon + 1 + Number(received.subarray(0, colon).toString());
      if (received.length < end) return;
      const message: unknown = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      // The first message says hello, and is no answer.
      if (Array.isArray(message)) waiting.get(message[1])?.([message[2], message[3]]);
    }
  });
  await once(socket, 'connect');
  let last = 0;
  const send = async (name: string, parameters: unknown): Promise<unknown> => {
    const id = ++last;
    const answered = new Promise<readonly [unknown, unknown]>((answer) => waiting.set(id, answer));
    const text = JSON.stringify([0, id, `WebDriver:${name}`, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [error, result] = await answered;
    waiting.delete(id);
    if (error !== null) throw new Error(`${name}: ${JSON.stringify(error)}`);
    return (result as { value?: unknown } | null)?.value;
  };
  await send('NewSession', { capabilities: { alwaysMatch: {} } });
  return {
    command: send,
    close: async () => {
      socket.destroy();
      child.kill('SIGTERM');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function portOf(profile: string): Promise<number> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const port = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
    if (port !== '') return Number(port);
    await sleep(100);
  }
  throw new Error('Firefox did not open its port');
}
