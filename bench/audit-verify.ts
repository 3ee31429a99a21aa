import { createReadStream, createWriteStream, mkdtempSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseVerifierKey } from '../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../cli/src/verify/verify-export.ts';
import type { Bench } from './report.ts';
import { signedExport } from './signed-export.ts';

/** Verifying the export of a log offline: a million records from a file, as `sallyport audit verify` does. */
export const auditVerify: Bench = async (report, { quick }) => {
  const records = quick ? 100_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const file = join(folder, 'audit.ndjson');
  try {
    const log = signedExport(records);
    await pipeline(Readable.from(pieces(log.lines())), createWriteStream(file));
    const key = parseVerifierKey(log.key);
    const start = performance.now();
    const result = await verifyExport(createReadStream(file, { highWaterMark: 1 << 20 }), { key });
    const seconds = (performance.now() - start) / 1_000;
    if (result.finding !== undefined || result.records !== records) {
      throw new Error(`The benchmark’s log did not verify: ${result.finding?.message}`);
    }
    report.add('audit.verify1m', (seconds * 1_000_000) / records, 's', {
      records,
      perSecond: Math.round(records / seconds),
      megabytes: Math.round(statSync(file).size / 1_000_000),
      ...(quick ? { scaledUp: true } : {}),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function* pieces(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 1 << 18) continue;
    yield text;
    text = '';
  }
  yield text;
}
