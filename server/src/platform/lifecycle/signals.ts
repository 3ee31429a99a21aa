import type { Log } from '../log/log.ts';
import type { Lifecycle } from './lifecycle.ts';

/** `timeout` and some supervisors signal the process and then its whole group: within this, one is meant. */
const ONE_SIGNAL_MS = 500;

/**
 * SIGTERM and SIGINT stop in order and exit 0, SIGTERM after `drainMs`; a second one, or a stop that takes 30 s, exits at
 * once. A fault that
 * nothing caught is logged, and exits 1 after the same stop: the process is in an unknown state, and `npm start` brings
 * up a fresh one.
 */
export function stopOnSignals(lifecycle: Lifecycle, log: Log, drainMs = 0): void {
  let leaving = false;
  let lastSignal = Number.NEGATIVE_INFINITY;
  const leave = (code: number, afterMs = 0) => {
    if (leaving) process.exit(code === 0 ? 130 : code);
    leaving = true;
    setTimeout(() => process.exit(code === 0 ? 124 : code), afterMs + 30_000).unref();
    void lifecycle.stop(afterMs).finally(() => process.exit(code));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      const again = now - lastSignal < ONE_SIGNAL_MS;
      lastSignal = now;
      if (again) return;
      log.info({ signal }, 'stopping');
      leave(0, signal === 'SIGTERM' ? drainMs : 0);
    });
  }
  // It asks for the certificate to be read again (compose.ts). Unheard, it would end a server that has none.
  process.on('SIGHUP', () => log.info({}, 'hung up'));
  // `npm start` holds the other end of this channel: when it is gone, nobody would start us again or stop us.
  if (process.connected === true) {
    process.on('disconnect', () => {
      // Its end follows ours, or its own signal: nobody is impatient.
      if (leaving) return;
      log.info({}, 'stopping: what started this server has ended');
      leave(0);
    });
  }
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      log.error({ err: error, fault }, 'a fault that nothing caught');
      leave(1);
    });
  }
}
