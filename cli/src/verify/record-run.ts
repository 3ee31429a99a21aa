import { linesOf } from './lines.ts';
import { goodRecord } from './record-line.ts';

/** Records that follow each other in the file, by columns: a thread hands these over quickly. */
export interface RecordRun {
  readonly indexes: number[];
  readonly chains: string[];
  readonly ats: string[];
  readonly erased: boolean[];
  /** 32 bytes for each. */
  readonly hashes: Uint8Array;
}

/** What a piece of an export holds, in its order: runs of good records, and every other line as it stands. */
export function readPiece(piece: Buffer, organization: string): (RecordRun | string)[] {
  const parts: (RecordRun | string)[] = [];
  let run = emptyRun();
  const close = () => {
    if (run.indexes.length > 0) parts.push({ ...run, hashes: Buffer.concat(run.hashes) });
    run = emptyRun();
  };
  for (const text of linesOf(piece)) {
    const record = goodRecord(text, organization);
    if (record === undefined) {
      close();
      parts.push(text);
      continue;
    }
    run.indexes.push(record.index);
    run.chains.push(record.chain);
    run.ats.push(record.at);
    run.erased.push(record.erased);
    run.hashes.push(record.hash);
  }
  close();
  return parts;
}

function emptyRun() {
  return {
    indexes: [] as number[],
    chains: [] as string[],
    ats: [] as string[],
    erased: [] as boolean[],
    hashes: [] as Buffer[],
  };
}
