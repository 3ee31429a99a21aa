import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../server/test/free-port.ts';
import type { CommandName, Engine } from './engine.ts';

const BROWSERS = '/usr/lib/*/webkit2gtk-4.*/MiniBrowser';

const PATHS: Readonly<Record<CommandName, (parameters: Readonly<Record<string, unknown>>) => string>> = {
  Navigate: () => 'url',
  GetCurrentURL: () => 'url',
  ExecuteScript: () => 'execute/sync',
  ElementSendKeys: ({ id }) => `element/${String(id)}/value`,
  PerformActions: () => 'actions',
  TakeScreenshot: () => 'screenshot',
};
const READS: readonly CommandName[] = ['GetCurrentURL', 'TakeScreenshot'];

/** WebKit, the engine of Safari, in the small browser that comes with it, on a screen of its own. */
export async function openWebKit(): Promise<Engine> {
  const home = await mkdtemp(join(tmpdir(), 'webkit-'));
  const screen = spawn('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1440x1000x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const display = String((await once(screen.stdout, 'data'))[0]).trim();
  const port = await freePort();
  const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      LANGUAGE: 'en_US',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      // As Chromium's here: of the tests' own pages, and in a container that permits no other.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/session`;
  const session = await untilThere(() =>
    ask(address, 'POST', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: globSync(BROWSERS)[0], args: ['--automation'] },
        },
      },
    }),
  );
  const own = `${address}/${(session as { sessionId: string }).sessionId}`;
  await ask(`${own}/window/rect`, 'POST', { x: 0, y: 0, width: 1440, height: 1000 });
  return {
    command: (name, parameters) =>
      READS.includes(name)
        ? ask(`${own}/${PATHS[name](parameters)}`, 'GET')
        : ask(`${own}/${PATHS[name](parameters)}`, 'POST', parameters),
    close: async () => {
      await ask(own, 'DELETE').catch(() => undefined);
      await Promise.all([driver, screen].map(end));
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function ask(address: string, method: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`${method} ${address}: ${JSON.stringify(value).slice(0, 500)}`);
  return value;
}

async function untilThere<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === 50 || !(error instanceof TypeError)) throw error;
      await sleep(200);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
