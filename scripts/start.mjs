// npm start [-- --demo]: installs what is missing, builds the web app when its sources changed, and keeps the server up.
import { spawn } from 'node:child_process';
import { buildWeb } from './build-web.mjs';
import { ENGINE_ENVIRONMENT, ENGINE_OPTIONS } from './engine-options.mjs';
import { ensureInstalled, environment, node24, ROOT, say } from './project.mjs';

/** The server refused to start and said why (server/src/platform/lifecycle/exit-codes.ts). */
const REFUSED = 78;
/** It said why too, and that may be gone by itself: a database that is away, a full disk. */
const FOR_NOW = 75;
const AGAIN_MS = 3_000;
/** `npm start --demo`, without a `--` before the option: npm takes it for its own, and sets this variable. */
const KEPT_BY_NPM = process.env.npm_config_demo === 'true' ? ['--demo'] : [];
const RESTARTS_A_MINUTE = 5;
/** A server that was killed after it lived for a while is simply started again, however often somebody kills it. */
const LIVED_MS = 500;

// A SIGTERM to npm ends npm and the shell between us, and reaches nobody else: their end is the message.
const { ppid } = process;
const npmEnded = () => process.env.npm_lifecycle_event === 'start' && process.ppid !== ppid;

let child;
let leaving = false;
/** There is no server to stop: not yet, or not for the moment. */
let waiting = true;
let lastSignal = Number.NEGATIVE_INFINITY;
const crashes = [];

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGHUP') {
      leaving = true;
      // npm passes a terminal's Ctrl-C on, and the terminal sends it as well: one is meant.
      if (performance.now() - lastSignal < 500) return;
      lastSignal = performance.now();
      if (waiting) process.exit(0);
    }
    child?.kill(signal);
  });
}

await ensureInstalled();
await buildWeb();
if (npmEnded()) process.exit(0);
setInterval(() => {
  if (!npmEnded() || leaving) return;
  leaving = true;
  if (waiting) process.exit(0);
  child.kill('SIGTERM');
}, 500);
serve();

function serve() {
  // A process group of its own, so that Ctrl-C reaches the server once and through here. The channel carries nothing:
  // that it closes tells the server that nobody would start it again, and it stops.
  const began = performance.now();
  waiting = false;
  child = spawn(node24, [...ENGINE_OPTIONS, 'server/src/main.ts', ...process.argv.slice(2), ...KEPT_BY_NPM], {
    cwd: ROOT,
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(ENGINE_ENVIRONMENT),
  });
  child.once('error', (error) => {
    say(`The server could not be started: ${error.message}`);
    process.exit(REFUSED);
  });
  child.once('exit', (code, signal) => {
    if (leaving || code === 0 || code === REFUSED) process.exit(code ?? 0);
    if (code === FOR_NOW) {
      say('Trying again in three seconds.');
      waiting = true;
      setTimeout(serve, AGAIN_MS);
      return;
    }
    const now = performance.now();
    if (signal === null || now - began < LIVED_MS) crashes.push(now);
    if (crashes.filter((at) => now - at < 60_000).length > RESTARTS_A_MINUTE) {
      say('The server ended too often within a minute. Its last log lines say why.');
      process.exit(code ?? 1);
    }
    say(`The server ended unexpectedly (${signal ?? `code ${code}`}). Restarting it.`);
    serve();
  });
}
