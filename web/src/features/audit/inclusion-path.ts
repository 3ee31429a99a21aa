import type { InclusionProof } from '@sallyport/contract';

export interface ProofNode {
  /** The hash of the path at this height; the leaf first. */
  readonly hash: string;
  /** What it was joined with to give the next. */
  readonly neighbour: string | undefined;
  readonly neighbourIsLeft: boolean;
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function sha256(...parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return hexOf(await crypto.subtle.digest('SHA-256', all));
}

/**
 * Walks a proof from the leaf's text to the root (RFC 9162, 2.1.3.2; the same tree as RFC 6962). `holds` is false when
 * the leaf's text, the path or the root do not agree.
 */
export async function inclusionPath(
  proof: InclusionProof,
): Promise<{ nodes: readonly ProofNode[]; holds: boolean }> {
  const leaf = await sha256(Uint8Array.of(0), new TextEncoder().encode(proof.leaf));
  const nodes: ProofNode[] = [];
  let hash = leaf;
  let index = proof.index;
  let last = proof.treeSize - 1;
  for (const neighbour of proof.path) {
    if (last === 0) return { nodes, holds: false };
    const neighbourIsLeft = index % 2 === 1 || index === last;
    nodes.push({ hash, neighbour, neighbourIsLeft });
    hash = neighbourIsLeft
      ? await sha256(Uint8Array.of(1), bytesOf(neighbour), bytesOf(hash))
      : await sha256(Uint8Array.of(1), bytesOf(hash), bytesOf(neighbour));
    if (neighbourIsLeft && index % 2 === 0) {
      while (index % 2 === 0 && index !== 0) {
        index = Math.floor(index / 2);
        last = Math.floor(last / 2);
      }
    }
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  nodes.push({ hash, neighbour: undefined, neighbourIsLeft: false });
  return { nodes, holds: last === 0 && leaf === proof.leafHash && hash === proof.rootHash };
}
