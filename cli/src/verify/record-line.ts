import { hashLeaf } from './merkle.ts';
import { checkOpening } from './opening.ts';

const LEAF_FORMAT = 'sallyport.audit/1';

/** A line that shows a record; nothing of it is proven yet. */
export interface RecordLine {
  readonly index?: unknown;
  readonly leaf: string;
  readonly chain?: unknown;
  readonly opening?: unknown;
}

/** What is to be known of a record beside its place in the log. */
export interface Leaf {
  readonly at: string;
  readonly erased: boolean;
}

/** A record of which all that its own line can show is as it should be. */
export interface GoodRecord extends Leaf {
  readonly index: number;
  readonly chain: string;
  readonly hash: Buffer;
}

/** Another reader takes the first of two members of one name, or shows one that nothing proves. */
export function isAsWritten(line: object, text: string): boolean {
  return JSON.stringify(line) === text;
}

export function isRecordAsWritten({ index, leaf, chain, opening }: RecordLine, text: string): boolean {
  return isAsWritten({ index, leaf, chain, opening }, text);
}

/** What a leaf says, with its opening; throws, with the reason, when it is none of this organization's or not so opened. */
export function readLeaf(line: RecordLine, organization: string): Leaf {
  const leaf = JSON.parse(line.leaf) as Record<string, unknown>;
  if (leaf.format !== LEAF_FORMAT) throw new Error(`the record’s format is unknown: ${String(leaf.format)}`);
  if (leaf.organization !== organization) throw new Error('the record is of another organization');
  const opening = checkOpening(leaf.commitments, line.opening);
  if (opening === 'altered') throw new Error('the personal fields shown are not those that were recorded');
  return { at: String(leaf.at), erased: opening === 'erased' };
}

/** The record of a line; of another line, or of one with anything amiss, nothing. */
export function goodRecord(text: string, organization: string): GoodRecord | undefined {
  try {
    const line = JSON.parse(text) as RecordLine;
    const { index, leaf, chain } = line;
    if (typeof index !== 'number' || typeof leaf !== 'string' || typeof chain !== 'string') return undefined;
    if (!isRecordAsWritten(line, text)) return undefined;
    return { index, chain, hash: hashLeaf(leaf), ...readLeaf(line, organization) };
  } catch {
    return undefined;
  }
}
