import { createHash } from 'node:crypto';
import type { InclusionProof } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { inclusionPath } from './inclusion-path.ts';

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (text: string) => sha(Buffer.of(0), Buffer.from(text));

/** RFC 6962, 2.1: the root and the path by their definitions, which say nothing of how a verifier walks. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return sha(Buffer.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}
function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  return index < split
    ? [...pathOf(index, leaves.slice(0, split)), rootOf(leaves.slice(split))]
    : [...pathOf(index - split, leaves.slice(split)), rootOf(leaves.slice(0, split))];
}
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
function proofOf(index: number, size: number): InclusionProof {
  const leaves = Array.from({ length: size }, (_, at) => leafOf(`record ${at}`));
  return {
    index,
    treeSize: size,
    leafHash: leaves[index]!.toString('hex'),
    path: pathOf(index, leaves).map((hash) => hash.toString('hex')),
    rootHash: rootOf(leaves).toString('hex'),
    checkpoint: '',
    leaf: `record ${index}`,
  };
}

describe('W7 an inclusion proof is recomputed', () => {
  it('holds for every leaf of every tree up to 33', async () => {
    for (let size = 1; size <= 33; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const { holds, nodes } = await inclusionPath(proofOf(index, size));
        expect({ size, index, holds, nodes: nodes.length }).toEqual({
          size,
          index,
          holds: true,
          nodes: nodes.length,
        });
      }
    }
  });

  it.each([
    ['another text', { leaf: 'record 4' }],
    ['another leaf hash', { leafHash: '0'.repeat(64) }],
    ['another root', { rootHash: '0'.repeat(64) }],
    ['another place', { index: 4 }],
    ['another size', { treeSize: 40 }],
    ['a shortened path', { path: proofOf(5, 21).path.slice(0, -1) }],
    ['a lengthened path', { path: [...proofOf(5, 21).path, '0'.repeat(64)] }],
  ])('does not hold with %s', async (_what, change) => {
    expect((await inclusionPath({ ...proofOf(5, 21), ...change })).holds).toBe(false);
  });
});
