/** `npm run torture -- [--rounds 50]`: prints a line a round and a report; exit code 1 when a promise was broken. */
import { parseArgs } from 'node:util';
import { torture } from './torture.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } });
const say = (line: string) => process.stdout.write(`${line}\n`);
const report = await torture({ rounds: Number(values.rounds), restartWithinMs: 3_000, say });
say(JSON.stringify(report));
for (const problem of report.problems) say(`BROKEN: ${problem}`);
say(
  report.problems.length === 0
    ? 'Nothing acknowledged was lost, nothing happened unrecorded.'
    : 'Promises were broken.',
);
process.exitCode = report.problems.length === 0 ? 0 : 1;
