import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { FOUND_AMISS } from '../../exit-codes.ts';
import { fileFault } from '../../file-fault.ts';
import { print } from '../../print.ts';
import { readText } from '../../read-text.ts';
import { openCheckpoint, parseVerifierKey, type VerifierKey } from '../../verify/checkpoint.ts';
import { reportOf } from '../../verify/report.ts';
import { verifyExport } from '../../verify/verify-export.ts';

/** `sallyport audit verify FILE --key PUBLICKEY [--previous CHECKPOINT]`: offline; another exit code when anything is amiss. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('verify an exported log offline; exits with 1 when it was altered')
    .argument('<file>', 'the exported log')
    .requiredOption(
      '--key <public key>',
      'the log’s public key, or a file that contains it; get it from the people who run the server, not from the export',
    )
    .option(
      '--previous <checkpoint>',
      'a file with an earlier checkpoint, to prove that the log only grew since',
    )
    .action(async (file: string, options: { key: string; previous?: string }) => {
      const key = parseVerifierKey(await textOrFile(options.key));
      const previous = options.previous === undefined ? undefined : await checkpointIn(options.previous);
      // A checkpoint that is not ours says nothing about the export: that is a mistake of the caller's.
      if (previous !== undefined) assertOurs(previous, key, options.previous);
      const result = await verifyExport(createReadStream(file, { highWaterMark: 1 << 20 }), {
        key,
        ...(previous === undefined ? {} : { previous }),
      }).catch((error) => {
        throw fileFault(error, file);
      });
      for (const line of reportOf(result, previous !== undefined)) print(line);
      if (result.finding !== undefined) process.exitCode = FOUND_AMISS;
    });
}

/** Most keys are the path of no file; one that is there and cannot be read is a mistake to be told. */
async function textOrFile(text: string): Promise<string> {
  return readFile(text, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EISDIR') throw fileFault(error, text);
    return text;
  });
}

function assertOurs(checkpoint: string, key: VerifierKey, file: string | undefined): void {
  try {
    openCheckpoint(checkpoint, key);
  } catch (error) {
    throw new Error(
      `${file} cannot be used as the earlier checkpoint: ${(error as Error).message}. Give one that was signed by this key.`,
    );
  }
}

/** Some editors end lines in another way than what was signed. */
async function checkpointIn(file: string): Promise<string> {
  return (await readText(file)).replaceAll('\r\n', '\n');
}
