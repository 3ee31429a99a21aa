import { parseArgs } from 'node:util';
import { auditAppend } from './audit-append.ts';
import { auditVerify } from './audit-verify.ts';
import { loadPeople } from './load-people.ts';
import { type Bench, openReport, tableOf } from './report.ts';
import { runCancel } from './run-cancel.ts';
import { runCpu } from './run-cpu.ts';
import { runRows10k } from './run-rows10k.ts';
import { runSelect1 } from './run-select1.ts';
import { runStream1m } from './run-stream1m.ts';
import { start } from './start.ts';
import { ui } from './ui.ts';
import { windowDeep } from './window-deep.ts';

/** By the beginning of the names of its results: `--only audit.append` or `--only audit.append.c50`. */
const benches: Readonly<Record<string, Bench>> = {
  'run.select1': runSelect1,
  'run.rows10k': runRows10k,
  'run.stream1m': runStream1m,
  'run.cancel': runCancel,
  'run.cpu': runCpu,
  'window.deep': windowDeep,
  // `load.crud` and `load.run` over the same people.
  load: loadPeople,
  'audit.append': auditAppend,
  'audit.verify1m': auditVerify,
  // Under the name that both have in common: `start.first`, `start.again` and `idle.rss` come together.
  start,
  ui,
};

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const report = openReport(print);
const wanted = (name: string) =>
  values.only === undefined || values.only.some((only) => only.startsWith(name) || name.startsWith(only));

if (!Object.keys(benches).some(wanted)) {
  process.stderr.write(
    `There is no benchmark ${values.only?.join(', ')}. There are: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exit(64);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted(name)) await bench(report, { quick: values.quick });
}
print(`\n${tableOf(report.results)}`);
