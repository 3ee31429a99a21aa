import { type Checkpoint, openCheckpoint, parseVerifierKey, type VerifierKey } from './checkpoint.ts';
import { linesOf } from './lines.ts';
import { hashLeaf, MerkleEdge } from './merkle.ts';
import { checkOpening } from './opening.ts';
import { sha256 } from './sha256.ts';

export const EXPORT_FORMAT = 'sallyport.audit-export/1';
const LEAF_FORMAT = 'sallyport.audit/1';

/** Where the log first differs from what was signed. `from` and `to` are the same when the very record is known. */
export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface Verification {
  readonly finding: Finding | undefined;
  readonly checkpoint: Checkpoint | undefined;
  readonly records: number;
  readonly checkpoints: number;
  /** Records of which personal fields were erased; their proofs hold all the same. */
  readonly erased: number;
  readonly firstAt: string | undefined;
  readonly lastAt: string | undefined;
}

export interface VerifyOptions {
  readonly key: VerifierKey;
  /** A checkpoint that was kept from an earlier time: this log must continue that one. */
  readonly previous?: string;
}

/** A reason to stop, at a record (or between two signed sizes). */
class Found extends Error {
  readonly finding: Finding;
  constructor(message: string, from: number, to = from) {
    super(message);
    this.finding = { from, to, message };
  }
}

/** Verifies an export, offline, in one pass and in constant memory; stops at the first thing that is amiss. */
export async function verifyExport(
  chunks: AsyncIterable<Buffer | string>,
  options: VerifyOptions,
): Promise<Verification> {
  const state = new ExportReader(options);
  let finding: Finding | undefined;
  // An error of the stream itself is the caller's: a file that cannot be read says nothing about the log.
  for await (const lines of linesOf(chunks)) {
    finding = state.attempt(() => {
      for (const line of lines) state.read(line);
    });
    if (finding !== undefined) break;
  }
  finding ??= state.attempt(() => state.end());
  const { checkpoint, tree, checkpoints, erased, firstAt, lastAt } = state;
  return { finding, checkpoint, records: tree.size, checkpoints, erased, firstAt, lastAt };
}

class ExportReader {
  readonly tree = new MerkleEdge();
  checkpoint: Checkpoint | undefined;
  checkpoints = 0;
  erased = 0;
  firstAt: string | undefined;
  lastAt: string | undefined;
  readonly #key: VerifierKey;
  #previous: Checkpoint | undefined;
  readonly #previousNote: string | undefined;
  #organization = '';
  /** The chain so far, and room for the next leaf's hash. */
  readonly #link = Buffer.alloc(64);
  /** Every record below this is proven by a signed root. */
  #provenTo = 0;
  #ended = false;

  constructor({ key, previous }: VerifyOptions) {
    this.#key = key;
    this.#previousNote = previous;
  }

  attempt(step: () => void): Finding | undefined {
    try {
      step();
      return undefined;
    } catch (error) {
      if (error instanceof Found) return error.finding;
      return { from: this.tree.size, to: this.tree.size, message: (error as Error).message };
    }
  }

  read(text: string): void {
    const line = this.#parse(text);
    if (this.checkpoint === undefined) this.#header(line, text);
    else if (this.#ended) throw new Found('there are lines after the end of the log', this.tree.size);
    else if (line.end === true) this.#last(line, text);
    else if (typeof line.leaf === 'string') this.#record(line as { leaf: string }, text);
    else if (typeof line.checkpoint === 'string') this.#along(line.checkpoint, text);
    else throw new Found('a line is neither a record nor a checkpoint', this.tree.size);
  }

  end(): void {
    if (this.checkpoint === undefined) throw new Found('the file is empty', 0);
    const { size } = this.checkpoint;
    if (this.tree.size < size) {
      throw new Found(
        `the log is cut: ${size} records were signed, and the file ends before this one`,
        this.tree.size,
      );
    }
    if (!this.#ended) throw new Found('the file is cut: its last line is missing', this.tree.size);
  }

  #parse(text: string): Record<string, unknown> {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    } catch {
      // Told below, with the place.
    }
    throw new Found('a line cannot be read: the file was cut or altered', this.tree.size);
  }

  #open(note: unknown): Checkpoint {
    if (typeof note !== 'string') throw new Found('a checkpoint is missing', this.tree.size);
    try {
      return openCheckpoint(note, this.#key);
    } catch (error) {
      throw new Found((error as Error).message, this.#provenTo, this.tree.size);
    }
  }

  /** Another reader takes the first of two members of one name, or shows one that nothing proves. */
  #asWritten(line: object, text: string): void {
    if (JSON.stringify(line) !== text)
      throw new Found(
        'the line holds more than the log wrote, or is not written as the log writes it',
        this.tree.size,
      );
  }

  #header(line: Record<string, unknown>, text: string): void {
    if (line.format !== EXPORT_FORMAT) throw new Error(`this is not an export of a log (${EXPORT_FORMAT})`);
    const { format, origin, organization, publicKey, treeSize, checkpoint: note } = line;
    this.#asWritten({ format, origin, organization, publicKey, treeSize, checkpoint: note }, text);
    const checkpoint = this.#open(note);
    if (!this.#isOwnKey(publicKey)) throw new Found('the header shows a key that did not sign this log', 0);
    if (line.treeSize !== checkpoint.size) throw new Found('the header’s size is not the signed one', 0);
    if (checkpoint.origin !== line.origin || !checkpoint.origin.endsWith(`/${line.organization}`)) {
      throw new Found('the header names another log than the one that was signed', 0);
    }
    this.#organization = String(line.organization);
    this.checkpoint = checkpoint;
    if (this.#previousNote === undefined) return;
    const previous = this.#open(this.#previousNote);
    if (previous.origin !== checkpoint.origin) throw new Error('the earlier checkpoint is of another log');
    if (previous.size > checkpoint.size) {
      throw new Found(
        `the log was cut or rolled back: it once had ${previous.size} records`,
        checkpoint.size,
      );
    }
    this.#previous = previous;
    if (previous.size === 0) this.#check(previous);
  }

  #isOwnKey(shown: unknown): boolean {
    try {
      return parseVerifierKey(String(shown)).raw.equals(this.#key.raw);
    } catch {
      return false;
    }
  }

  #along(note: string, text: string): void {
    const checkpoint = this.#open(note);
    this.#asWritten({ size: checkpoint.size, checkpoint: note }, text);
    this.#check(checkpoint);
  }

  #record(line: { leaf: string; index?: unknown; chain?: unknown; opening?: unknown }, text: string): void {
    const index = this.tree.size;
    const { leaf: shown, chain, opening: personal } = line;
    this.#asWritten({ index: line.index, leaf: shown, chain, opening: personal }, text);
    if (index >= (this.checkpoint?.size ?? 0))
      throw new Found('a record was inserted: there are more than were signed', index);
    if (line.index !== index) {
      throw new Found(
        `a record is missing, inserted or out of order: the line says ${String(line.index)}`,
        index,
      );
    }
    const leafHash = hashLeaf(line.leaf);
    this.#link.set(leafHash, 32);
    this.#link.set(sha256(this.#link));
    if (line.chain !== this.#link.toString('base64', 0, 32)) {
      throw new Found('the record is not the one that was recorded here', index);
    }
    const leaf = JSON.parse(line.leaf) as Record<string, unknown>;
    if (leaf.format !== LEAF_FORMAT)
      throw new Found(`the record’s format is unknown: ${String(leaf.format)}`, index);
    if (leaf.organization !== this.#organization)
      throw new Found('the record is of another organization', index);
    const opening = checkOpening(leaf.commitments, line.opening);
    if (opening === 'altered')
      throw new Found('the personal fields shown are not those that were recorded', index);
    if (opening === 'erased') this.erased += 1;
    this.lastAt = String(leaf.at);
    this.firstAt ??= this.lastAt;
    this.tree.add(leafHash);
    if (this.#previous?.size === this.tree.size) this.#check(this.#previous);
  }

  #check(checkpoint: Checkpoint): void {
    if (checkpoint.size !== this.tree.size) {
      throw new Found(
        'a checkpoint stands where it was not signed: a record is missing or inserted',
        this.#provenTo,
        // The missing one may be the next, and the inserted one the last.
        Math.max(this.#provenTo, this.tree.size < checkpoint.size ? this.tree.size : this.tree.size - 1),
      );
    }
    if (!checkpoint.root.equals(this.tree.root())) {
      const last = Math.max(this.#provenTo, checkpoint.size - 1);
      throw new Found(
        'the records are not those that were signed: one or more was edited, deleted, inserted or moved',
        this.#provenTo,
        last,
      );
    }
    this.#provenTo = checkpoint.size;
    this.checkpoints += 1;
  }

  #last(line: Record<string, unknown>, text: string): void {
    this.#asWritten({ end: true, records: line.records, checkpoint: line.checkpoint }, text);
    const { size } = this.checkpoint as Checkpoint;
    if (this.tree.size < size) {
      throw new Found(
        `records are missing: ${size} were signed, and the file ends before this one`,
        this.tree.size,
      );
    }
    const last = this.#open(line.checkpoint);
    if (last.size !== size || line.records !== size)
      throw new Found('the last line is not of this log’s size', size);
    this.#check(last);
    this.#check(this.checkpoint as Checkpoint);
    this.#ended = true;
  }
}
