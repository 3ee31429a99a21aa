import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { print } from '../../print.ts';
import { openCheckpoint, parseVerifierKey } from '../../verify/checkpoint.ts';
import { reportOf } from '../../verify/report.ts';
import { verifyExport } from '../../verify/verify-export.ts';

/** `sallyport audit verify FILE --key PUBLICKEY [--previous CHECKPOINT]`: offline; exit code 1 when anything is amiss. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check an exported log offline, with nothing but the public key')
    .argument('<file>', 'the export')
    .requiredOption(
      '--key <public key>',
      'the log’s public key, or a file that holds it; get it from the server’s people, not with the export',
    )
    .option('--previous <checkpoint>', 'a file with a checkpoint that you kept from an earlier time')
    .action(async (file: string, options: { key: string; previous?: string }) => {
      const key = parseVerifierKey(await textOrFile(options.key));
      const previous = options.previous === undefined ? undefined : await checkpointIn(options.previous);
      // A checkpoint that is not ours says nothing about the export: that is a mistake of the caller's.
      if (previous !== undefined) openCheckpoint(previous, key);
      const result = await verifyExport(createReadStream(file, { highWaterMark: 1 << 20 }), {
        key,
        ...(previous === undefined ? {} : { previous }),
      });
      for (const line of reportOf(result, previous !== undefined)) print(line);
      if (result.finding !== undefined) process.exitCode = 1;
    });
}

async function textOrFile(text: string): Promise<string> {
  return readFile(text, 'utf8').catch(() => text);
}

/** Some editors end lines in another way than what was signed. */
async function checkpointIn(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
}
