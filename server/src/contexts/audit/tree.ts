import { sha256 } from '../../kernel/sha256.ts';

/** Subtrees whose roots are kept: 256^level leaves. */
export const FANOUT = 256;
const FANOUT_BITS = 8;
export const HASH_BYTES = 32;
const NODE = Buffer.of(0x01);

/** RFC 6962, 2.1: SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: string): Buffer {
  return sha256(`\0${leaf}`);
}

/** RFC 6962, 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([NODE, left, right]));
}

/** The right edge of a tree: the roots of the complete subtrees that its size is the sum of, largest first. */
export interface Edge {
  readonly size: number;
  readonly peaks: readonly Buffer[];
}

/** The root of a complete subtree of FANOUT^level leaves, the index-th of its level. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Buffer;
}

export const EMPTY: Edge = { size: 0, peaks: [] };

/** Adds leaves at the right; also tells which kept subtrees became complete. */
export function extend(edge: Edge, leaves: readonly Buffer[]): { edge: Edge; subtrees: Subtree[] } {
  const peaks = [...edge.peaks];
  const subtrees: Subtree[] = [];
  let size = edge.size;
  for (const leaf of leaves) {
    let node = leaf;
    let height = 0;
    // As in binary addition: each complete pair carries into one of twice the width.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(peaks.pop() as Buffer, node);
      height += 1;
      if (height % FANOUT_BITS === 0) {
        subtrees.push({ level: height / FANOUT_BITS, index: Math.floor(size / 2 ** height), hash: node });
      }
    }
    peaks.push(node);
    size += 1;
  }
  return { edge: { size, peaks }, subtrees };
}

/** The Merkle tree hash of the whole. */
export function rootOf({ peaks }: Edge): Buffer {
  return peaks.length === 0 ? sha256('') : peaks.reduceRight((right, left) => nodeHash(left, right));
}
