/** A process of one part, whose stop takes as long as it is told; says when it is up and when the part has stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLifecycle } from '../src/platform/lifecycle/lifecycle.ts';
import { stopOnSignals } from '../src/platform/lifecycle/signals.ts';
import { openLog } from '../src/platform/log/log.ts';

const log = openLog('error');
const lifecycle = createLifecycle(log);
stopOnSignals(lifecycle, log);
await lifecycle.part(
  'slow',
  () => undefined,
  async () => {
    await sleep(Number(process.argv[2]));
    process.stdout.write('stopped\n');
  },
);
process.stdout.write('up\n');
setInterval(() => undefined, 1_000);
