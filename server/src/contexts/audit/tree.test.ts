import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inclusionPath, spansOf } from './inclusion.ts';
import { EMPTY, extend, leafHash, rootOf } from './tree.ts';

/** RFC 6962, 2.1, word for word: slow, and nothing shared with the tree under test. */
const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0]!;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha(Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}
function naivePath(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}

/** What the database keeps of a log. */
function keep(leaves: readonly Buffer[], cuts: readonly number[] = []) {
  const kept = new Map(leaves.map((leaf, i) => [`0:${i}`, leaf]));
  let edge = EMPTY;
  for (const to of [...cuts.filter((c) => c <= leaves.length), leaves.length].sort((a, b) => a - b)) {
    const next = extend(edge, leaves.slice(edge.size, to));
    edge = next.edge;
    for (const s of next.subtrees) kept.set(`${s.level}:${s.index}`, s.hash);
  }
  return { edge, kept };
}
const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(`leaf ${i}`));

describe('the tree', () => {
  const vectors = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  test('A6 has the published roots of the certificate-transparency test data', () => {
    const leaves = vectors.map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')));
    expect(roots.map((_, n) => rootOf(extend(EMPTY, leaves.slice(0, n)).edge).toString('hex'))).toEqual(
      roots,
    );
  });

  test('A6 agrees with RFC 6962 in root and in every path, however the leaves were batched', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.array(fc.nat(700)), fc.nat(), (n, cuts, seed) => {
        const leaves = leavesOf(n);
        const { edge, kept } = keep(leaves, cuts);
        expect(rootOf(edge)).toEqual(naiveRoot(leaves));
        const m = seed % n;
        const size = m + 1 + (seed % (n - m));
        expect(path(m, size, kept)).toEqual(naivePath(m, leaves.slice(0, size)));
      }),
      { numRuns: 60 },
    );
  });

  test('A6 proves at the borders of kept subtrees, and for older sizes too', () => {
    const leaves = leavesOf(66_100);
    const { kept } = keep(leaves);
    for (const size of [1, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_100]) {
      const root = rootOf(extend(EMPTY, leaves.slice(0, size)).edge);
      for (const m of [0, 1, 255, 256, 65_535, 65_536, size - 1].filter((i) => i < size)) {
        let node = leaves[m]!;
        const steps = path(m, size, kept);
        expect(steps.length).toBeLessThanOrEqual(17);
        node = fold(m, size, node, steps);
        expect(node).toEqual(root);
      }
    }
    const read = spansOf(1_000, 66_100).reduce((sum, span) => sum + span.to - span.from, 0);
    expect(read).toBeLessThan(1_100);
  });

  test('A6 a path does not fold to the root for another leaf, place or size (the negative twin)', () => {
    const leaves = leavesOf(300);
    const { kept, edge } = keep(leaves);
    const steps = path(100, 300, kept);
    const root = rootOf(edge);
    expect(fold(100, 300, leaves[100]!, steps)).toEqual(root);
    expect(fold(100, 300, leaves[101]!, steps)).not.toEqual(root);
    expect(fold(101, 300, leaves[100]!, steps)).not.toEqual(root);
    expect(() => inclusionPath(300, 300, () => root)).toThrow(RangeError);
  });
});

/** Only what `spansOf` names is given to the proof: it must be enough. */
function path(m: number, size: number, kept: ReadonlyMap<string, Buffer>): Buffer[] {
  const given = new Set(
    spansOf(m, size).flatMap(({ level, from, to }) =>
      Array.from({ length: to - from }, (_, i) => `${level}:${from + i}`),
    ),
  );
  return inclusionPath(m, size, (level, index) => {
    const key = `${level}:${index}`;
    if (!given.has(key) || !kept.has(key)) throw new Error(`not read: ${key}`);
    return kept.get(key)!;
  });
}

/** The verification of RFC 9162, 2.1.3.2. */
function fold(index: number, size: number, leaf: Buffer, steps: readonly Buffer[]): Buffer {
  let [fn, sn, node] = [index, size - 1, leaf];
  for (const step of steps) {
    if (fn % 2 === 1 || fn === sn) {
      node = sha(Buffer.of(1), step, node);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else node = sha(Buffer.of(1), node, step);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return node;
}
