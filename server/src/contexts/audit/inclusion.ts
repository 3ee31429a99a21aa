import { FANOUT, nodeHash } from './tree.ts';

/** A run of kept hashes of one level that a proof needs: `from` to before `to`. Level 0 is the leaves. */
export interface Span {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

/** Gives a kept hash; throws when there is none. */
type KeptHash = (level: number, index: number) => Buffer;

/** Which kept hashes the proof of `index` in a tree of `size` reads: beside its own path, and at the tree's right edge. */
export function spansOf(index: number, size: number): Span[] {
  const spans: Span[] = [];
  for (let level = 0, width = 1; width <= size; level++, width *= FANOUT) {
    const complete = Math.floor(size / width);
    const edge = complete - (complete % FANOUT);
    const own = Math.floor(index / width);
    const near = own - (own % FANOUT);
    spans.push({ level, from: near, to: Math.min(near + FANOUT, complete) });
    if (edge !== near) spans.push({ level, from: edge, to: complete });
  }
  return spans.filter((span) => span.from < span.to);
}

/** The audit path of RFC 6962, 2.1.1, from the leaf to the root. */
export function inclusionPath(index: number, size: number, kept: KeptHash): Buffer[] {
  if (index < 0 || index >= size) throw new RangeError('no such leaf in this tree');
  return path(index, 0, size, kept);
}

function path(index: number, from: number, to: number, kept: KeptHash): Buffer[] {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle
    ? [...path(index, from, middle, kept), treeHash(middle, to, kept)]
    : [...path(index, middle, to, kept), treeHash(from, middle, kept)];
}

function treeHash(from: number, to: number, kept: KeptHash): Buffer {
  const width = to - from;
  const level = Math.round(Math.log(width) / Math.log(FANOUT));
  // Every part that this recursion reaches begins at a multiple of its width, when its width is a power of two.
  if (FANOUT ** level === width) return kept(level, from / width);
  const middle = from + split(width);
  return nodeHash(treeHash(from, middle, kept), treeHash(middle, to, kept));
}

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
