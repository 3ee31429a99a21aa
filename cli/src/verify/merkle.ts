import { sha256 } from './sha256.ts';

/**
 * A growing Merkle tree of RFC 6962 that keeps only its right edge. Written apart from the server's, so that one mistake
 * is not made twice.
 */
export class MerkleEdge {
  size = 0;
  /** The root of a complete subtree of 2^i leaves, where `size` has that bit. */
  readonly #subtrees: (Buffer | undefined)[] = [];
  readonly #pair = Buffer.alloc(65, 1);

  add(leafHash: Buffer): void {
    let carry = leafHash;
    let i = 0;
    for (; this.#subtrees[i] !== undefined; i++) {
      carry = this.#join(this.#subtrees[i] as Buffer, carry);
      this.#subtrees[i] = undefined;
    }
    this.#subtrees[i] = carry;
    this.size += 1;
  }

  root(): Buffer {
    let right: Buffer | undefined;
    for (const left of this.#subtrees) {
      if (left !== undefined) right = right === undefined ? left : this.#join(left, right);
    }
    return right ?? sha256('');
  }

  #join(left: Buffer, right: Buffer): Buffer {
    this.#pair.set(left, 1);
    this.#pair.set(right, 33);
    return sha256(this.#pair);
  }
}

/** SHA-256(0x00 ‖ leaf as UTF-8). */
export function hashLeaf(leaf: string): Buffer {
  return sha256(`\0${leaf}`);
}
