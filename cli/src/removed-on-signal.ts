import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Removes these drafts when the command is ended in the middle, which it then is as by any such signal. Answers the way to
 * stop, for when they became what they are for.
 */
export function removedOnSignal(drafts: readonly string[]): () => void {
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    stop();
    for (const draft of drafts) rmSync(draft, { force: true });
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return stop;
}
