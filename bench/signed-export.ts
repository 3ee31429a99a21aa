import { generateKeyPairSync, hash } from 'node:crypto';
import { originOf, signCheckpoint } from '../server/src/contexts/audit/checkpoint.ts';
import { composeRecord } from '../server/src/contexts/audit/leaf.ts';
import { rawPublicKey, verifierKey } from '../server/src/contexts/audit/note.ts';
import { type Edge, EMPTY, extend, leafHash, rootOf } from '../server/src/contexts/audit/tree.ts';
import { newId, type OrganizationId } from '../server/src/kernel/ids.ts';
import { benchCall, RUN_EVENT } from './run-record.ts';

export interface SignedExport {
  readonly key: string;
  /** The lines of the file, header first, without line feeds. */
  lines(): Generator<string>;
  /** A checkpoint of the log when it had this many records. */
  checkpointAt(size: number): string;
  readonly organization: OrganizationId;
}

/** A log as the server would export it, without a server: `size` records of runs, a checkpoint every `every` records. */
export function signedExport(
  size: number,
  every = 500,
  signer = newSigner(),
  organization = newId<OrganizationId>(),
): SignedExport {
  const origin = originOf('sallyport/0123456789abcdef', organization);
  const key = verifierKey(origin, signer.publicKey);
  const start = Date.UTC(2026, 10, 22, 9);
  const call = benchCall(organization);
  const records: { leaf: string; opening: string }[] = [];
  const notes: string[] = [];
  let edge: Edge = EMPTY;
  const sign = (at: Edge) =>
    signCheckpoint(origin, { size: at.size, root: rootOf(at), at: start + at.size }, signer);
  for (let i = 0; i < size; i++) {
    const data = {
      query: 'list_tickets',
      release: 14,
      argumentDigests: [i.toString(16).padStart(64, '0')],
      rows: i % 90,
      milliseconds: 4.2,
    };
    const { leaf, opening } = composeRecord(
      { ...call, requestId: newId(start + i) },
      organization,
      {
        event: 'run.ended',
        target: { kind: 'app', id: 'a1', name: 'Support desk' },
        policies: ['support-runs'],
        data,
      },
      RUN_EVENT['bench.run'],
      { id: newId(start + i), now: start + i },
    );
    records.push({ leaf, opening: opening as string });
    edge = extend(edge, [leafHash(leaf)]).edge;
    if (edge.size % every === 0) notes[edge.size] = sign(edge);
  }
  const last = sign(edge);
  return {
    key,
    organization,
    checkpointAt: (at) =>
      sign(
        extend(
          EMPTY,
          records.slice(0, at).map(({ leaf }) => leafHash(leaf)),
        ).edge,
      ),
    *lines() {
      yield JSON.stringify({
        format: 'sallyport.audit-export/1',
        origin,
        organization,
        publicKey: key,
        treeSize: size,
        checkpoint: last,
      });
      let chain: Buffer = Buffer.alloc(32);
      for (const [index, { leaf, opening }] of records.entries()) {
        chain = hash('sha256', Buffer.concat([chain, leafHash(leaf)]), 'buffer');
        yield `{"index":${index},"leaf":${JSON.stringify(leaf)},"chain":"${chain.toString('base64')}","opening":${opening}}`;
        const note = notes[index + 1];
        if (note !== undefined && index + 1 < size)
          yield JSON.stringify({ size: index + 1, checkpoint: note });
      }
      yield JSON.stringify({ end: true, records: size, checkpoint: last });
    },
  };
}

export function newSigner() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(privateKey) };
}
