import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSigner, signedExport } from '../../../bench/signed-export.ts';
import { signCheckpoint } from '../../../server/src/contexts/audit/checkpoint.ts';
import { EMPTY, extend, rootOf } from '../../../server/src/contexts/audit/tree.ts';
import { parseVerifierKey } from './checkpoint.ts';
import { hashLeaf } from './merkle.ts';
import { verifyExport } from './verify-export.ts';

const SIZE = 300;
const signer = newSigner();
const log = signedExport(SIZE, 50, signer);
const file = [...log.lines()];
/** The line of each record; checkpoint lines stand among them. */
const at = file.map((line, i) => (line.includes('"leaf"') ? i : -1)).filter((i) => i >= 0);

async function* bytes(lines: readonly string[], piece = 65_536) {
  const all = Buffer.from(`${lines.join('\n')}\n`);
  for (let i = 0; i < all.length; i += piece) yield all.subarray(i, i + piece);
}
const verify = (
  lines: readonly string[],
  options: { key?: string; previous?: string; piece?: number } = {},
) =>
  verifyExport(bytes(lines, options.piece), {
    key: parseVerifierKey(options.key ?? log.key),
    ...(options.previous === undefined ? {} : { previous: options.previous }),
  });
const found = async (lines: readonly string[], options = {}) => (await verify(lines, options)).finding;
type Line = Record<string, unknown> & { leaf: string; index: number };
const record = (lines: readonly string[], i: number) => JSON.parse(lines[at[i]!]!) as Line;
const changed = (i: number, change: (line: Line) => Line) => {
  const lines = [...file];
  lines[at[i]!] = JSON.stringify(change(record(file, i)));
  return lines;
};
/** What somebody does who knows the format: numbers and chain made to fit again. Only the signature is out of reach. */
function mended(lines: readonly string[]): string[] {
  let [chain, index]: [Buffer, number] = [Buffer.alloc(32), 0];
  return lines.map((text) => {
    if (!text.includes('"leaf"')) return text;
    const line = JSON.parse(text) as Line;
    chain = hash('sha256', Buffer.concat([chain, hashLeaf(line.leaf)]), 'buffer');
    return JSON.stringify({ ...line, index: index++, chain: chain.toString('base64') });
  });
}

/** The log of a server that records these leaves and signs them: what a hand in its database would come to. */
function signedAnew(leaves: readonly string[]): string[] {
  const header = JSON.parse(file[0]!) as { origin: string };
  const { edge } = extend(EMPTY, leaves.map(hashLeaf));
  const tree = { size: edge.size, root: rootOf(edge), at: Date.UTC(2026, 10, 23) };
  const checkpoint = signCheckpoint(header.origin, tree, signer);
  const records = leaves.map((leaf) => JSON.stringify({ index: 0, leaf, chain: '', opening: null }));
  return [
    JSON.stringify({ ...header, treeSize: edge.size, checkpoint }),
    ...mended(records),
    JSON.stringify({ end: true, records: edge.size, checkpoint }),
  ];
}

describe('an untouched export', () => {
  test('U4 verifies, however the bytes arrive', async () => {
    for (const piece of [1 << 20, 4_096, 97]) {
      expect(await verify(file, { piece })).toMatchObject({ finding: undefined, records: SIZE, erased: 0 });
    }
  });
  test('U4 verifies without the line feed at its end, and says from when to when it goes', async () => {
    const timeOf = (i: number) => (JSON.parse(record(file, i).leaf) as { at: string }).at;
    async function* cut() {
      yield Buffer.from(file.join('\n'));
    }
    const result = await verifyExport(cut(), { key: parseVerifierKey(log.key) });
    expect(result).toMatchObject({ finding: undefined, firstAt: timeOf(0), lastAt: timeOf(SIZE - 1) });
    expect(result.firstAt).not.toBe(result.lastAt);
  });
  test('U4 verifies with the bare key, in base64 or hex', async () => {
    expect(await found(file, { key: signer.publicKey.toString('base64') })).toBeUndefined();
    expect(await found(file, { key: signer.publicKey.toString('hex') })).toBeUndefined();
  });
  test('U4 of any size verifies', async () => {
    for (const size of [1, 2, 3, 7, 8, 9, 63, 64, 65]) {
      const small = signedExport(size, 4);
      expect(await found([...small.lines()], { key: small.key })).toBeUndefined();
    }
  });
  test('U4 continues an earlier checkpoint', async () => {
    for (const size of [1, 49, 50, 299, 300]) {
      expect(await found(file, { previous: log.checkpointAt(size) })).toBeUndefined();
    }
  });
  test('U4 verifies without the checkpoints along the way: the newest proves every record', async () => {
    const lines = file.filter((line) => !line.startsWith('{"size"'));
    expect(await verify(lines)).toMatchObject({ finding: undefined, records: SIZE });
  });
  test('U4 of an empty log verifies, and every log continues it', async () => {
    const empty = signedAnew([]);
    expect(await verify(empty)).toMatchObject({ finding: undefined, records: 0 });
    const { checkpoint: previous } = JSON.parse(empty[0]!) as { checkpoint: string };
    expect(await verify(file, { previous })).toMatchObject({ finding: undefined, records: SIZE });
    const { origin } = JSON.parse(file[0]!) as { origin: string };
    const other = { size: 0, root: hashLeaf('no root of nothing'), at: Date.UTC(2026, 10, 23) };
    expect(await found(file, { previous: signCheckpoint(origin, other, signer) })).toMatchObject({
      from: 0,
      to: 0,
    });
  });
  test('L3 verifies after personal fields were erased', async () => {
    const lines = changed(7, (line) => ({ ...line, opening: null }));
    expect(await verify(lines)).toMatchObject({ finding: undefined, erased: 1 });
    const part = changed(7, ({ opening, ...line }) => {
      const { from } = opening as { from: unknown };
      return { ...line, opening: { from } } as unknown as Line;
    });
    expect(await verify(part)).toMatchObject({ finding: undefined, erased: 1 });
  });
});

describe('a hand in the file is found, at its place', () => {
  test('U4 edited', async () => {
    const lines = changed(123, (line) => ({
      ...line,
      leaf: line.leaf.replace('"outcome":"allowed"', '"outcome":"refused"'),
    }));
    expect(await found(lines)).toMatchObject({ from: 123, to: 123 });
  });
  test('U4 edited by one bit anywhere in a record', async () => {
    const line = record(file, 60);
    await fc.assert(
      fc.asyncProperty(fc.nat(Buffer.byteLength(line.leaf) - 1), fc.nat(6), async (byte, bit) => {
        const leaf = Buffer.from(line.leaf);
        leaf[byte]! ^= 1 << bit;
        expect(await found(changed(60, () => ({ ...line, leaf: leaf.toString('utf8') })))).toMatchObject({
          from: 60,
          to: 60,
        });
      }),
      { numRuns: 25 },
    );
  });
  test('U4 deleted, first, middle and last', async () => {
    for (const i of [0, 123, SIZE - 1]) {
      expect(await found(file.toSpliced(at[i]!, 1))).toMatchObject({ from: i, to: i });
    }
  });
  test('U4 deleted or inserted right before a checkpoint: the place is among those that are told', async () => {
    for (const i of [49, 99]) {
      const deleted = await found(file.toSpliced(at[i]!, 1));
      expect(deleted).toMatchObject({ from: i - 49, to: i });
      const inserted = await found(mended(file.toSpliced(at[i]! + 1, 0, file[at[3]!]!)));
      expect(inserted).toMatchObject({ from: i - 49, to: i + 1 });
    }
  });
  test('U4 reordered', async () => {
    const lines = [...file];
    [lines[at[10]!], lines[at[11]!]] = [lines[at[11]!]!, lines[at[10]!]!];
    expect(await found(lines)).toMatchObject({ from: 10, to: 10 });
  });
  test('U4 inserted, and repeated', async () => {
    expect(await found(file.toSpliced(at[42]!, 0, file[at[41]!]!))).toMatchObject({ from: 42, to: 42 });
    const forged = JSON.stringify({
      ...record(file, 42),
      index: 42,
      leaf: record(file, 42).leaf.replace('tickets', 'orders'),
    });
    expect(await found(file.toSpliced(at[42]!, 0, forged))).toMatchObject({ from: 42, to: 42 });
  });
  test('U4 truncated: cut at a line, within a line, or with a last line put on again', async () => {
    expect(await found(file.slice(0, at[200]!))).toMatchObject({ from: 200, to: 200 });
    expect(await found([...file.slice(0, at[200]!), file[at[200]!]!.slice(0, 90)])).toMatchObject({
      from: 200,
      to: 200,
    });
    expect(await found([...file.slice(0, at[200]!), file.at(-1)!])).toMatchObject({ from: 200, to: 200 });
    expect(await found(file.slice(0, -1))).toMatchObject({ from: SIZE });
    expect(await found([file[0]!])).toMatchObject({ from: 0 });
    expect(await found([])).toMatchObject({ from: 0 });
  });
  test('U4 a line that is JSON and no line of a log', async () => {
    for (const line of ['null', '7', '"leaf"', '[]', '{}'])
      expect(await found(file.with(at[9]!, line)), line).toMatchObject({
        from: 9,
        to: 9,
        message: expect.stringMatching(/cannot be read|neither a record nor a checkpoint/),
      });
  });
  test('U4 appended to', async () => {
    expect(await found([...file, file[at[3]!]!])).toBeDefined();
    expect(await found(file.toSpliced(-1, 0, file[at[3]!]!))).toMatchObject({ from: SIZE });
  });
  test('U4 shown with a member that nothing proves, or with one twice', async () => {
    expect(await found(changed(9, (line) => ({ ...line, note: 'approved' })))).toMatchObject({
      from: 9,
      to: 9,
    });
    const line = file[at[9]!]!;
    for (const twice of [
      line.replace('"leaf":', '"leaf":"forged","leaf":'),
      line.replace('"opening":', '"opening":{},"opening":'),
      line.replace('"opening":{', '"opening":{"actor":["","forged"],'),
    ]) {
      const lines = [...file];
      lines[at[9]!] = twice;
      expect(await found(lines), twice.slice(0, 80)).toMatchObject({ from: 9, to: 9 });
    }
  });
  test('U4 a header, a checkpoint or a last line that shows what nothing proves, or one member twice', async () => {
    const along = file.findIndex((line) => line.startsWith('{"size"'));
    const forged = '"leaf":"forged","leaf":null';
    for (const [i, hand] of [
      [0, (line: string) => line.replace('{', '{"note":"approved",')],
      [0, (line: string) => line.replace('{', '{"origin":"another log",')],
      [along, (line: string) => line.replace('{', `{${forged},`)],
      [along, (line: string) => line.replace(/"size":\d+/, '"size":7')],
      [file.length - 1, (line: string) => line.replace('{', `{${forged},`)],
    ] as const) {
      const lines = file.with(i, hand(file[i]!));
      expect(lines[i]).not.toBe(file[i]);
      expect((await found(lines))?.message, lines[i]).toMatch(/more than the log wrote/);
    }
  });
  test('U4 a header, a record or a last line that shows another number than was signed', async () => {
    const shown = (i: number, change: object) =>
      file.with(i, JSON.stringify({ ...JSON.parse(file.at(i)!), ...change }));
    expect(await found(shown(0, { treeSize: SIZE - 1 }))).toMatchObject({ from: 0, to: 0 });
    expect(await found(shown(at[9]!, { index: 8 }))).toMatchObject({ from: 9, to: 9 });
    expect(await found(shown(file.length - 1, { records: SIZE - 1 }))).toMatchObject({ from: SIZE });
    expect(await found([...file, file.at(-1)!])).toMatchObject({
      from: SIZE,
      message: expect.stringContaining('after the end'),
    });
    const inserted = mended(file.toSpliced(-1, 0, file[at[3]!]!));
    expect((await found(inserted))?.message).toMatch(/more than were signed/);
  });
  test('U4 a header that names another log than was signed, also to who has the bare key', async () => {
    const key = signer.publicKey.toString('base64');
    const header = JSON.parse(file[0]!) as { origin: string };
    for (const change of [
      { organization: '00000000-0000-7000-8000-000000000000' },
      { organization: log.organization.slice(1) },
      { origin: header.origin.replace('0123', '3210') },
    ])
      expect(
        await found(file.with(0, JSON.stringify({ ...header, ...change })), { key }),
        JSON.stringify(change),
      ).toMatchObject({ from: 0, to: 0, message: expect.stringContaining('names another log') });
  });
  test('U4 the whole log of another organization, which the same key signs', async () => {
    const other = [...signedExport(10, 50, signer).lines()];
    expect(await found(other, { key: signer.publicKey.toString('base64') })).toBeUndefined();
    expect((await found(other))?.message).toMatch(/of another log/);
  });
  test('U4 a record of another organization or of another form, though it is signed', async () => {
    const leaves = at.slice(0, 5).map((_, i) => record(file, i).leaf);
    expect(await found(signedAnew(leaves))).toBeUndefined();
    const other = '00000000-0000-7000-8000-000000000000';
    for (const [hand, message] of [
      [(leaf: string) => leaf.replaceAll(log.organization, other), /of another organization/],
      [(leaf: string) => leaf.replace('sallyport.audit/1', 'sallyport.audit/2'), /format is unknown/],
    ] as const) {
      const finding = await found(signedAnew(leaves.with(3, hand(leaves[3]!))));
      expect(finding).toMatchObject({ from: 3, to: 3, message: expect.stringMatching(message) });
    }
  });
  test('a file that is no export but one endless line is not read into memory', async () => {
    await expect(found(['x'.repeat(9 * 1024 * 1024)])).rejects.toThrow('too long');
  });
  test('U4 a header that shows another key than the one that signed', async () => {
    const other = signedExport(1, 1, newSigner(), log.organization).key;
    for (const key of [other, 'x'])
      expect(await found(file.with(0, file[0]!.replace(log.key, key)))).toMatchObject({ from: 0, to: 0 });
  });
  test('U4 personal fields shown other than they were recorded', async () => {
    const lines = changed(9, (line) => {
      const opening = structuredClone(line.opening) as Record<string, [string, Record<string, string>]>;
      opening.actor![1].email = 'somebody-else@harbor.example';
      return { ...line, opening };
    });
    expect(await found(lines)).toMatchObject({ from: 9, to: 9 });
    const padded = changed(9, (line) => {
      const opening = structuredClone(line.opening) as Record<string, [string, unknown]>;
      opening.actor![0] += '=';
      return { ...line, opening };
    });
    expect(await found(padded)).toMatchObject({ from: 9, to: 9 });
    expect(await found(changed(9, (line) => ({ ...line, opening: { actor: ['', {}] } })))).toMatchObject({
      from: 9,
    });
    expect(await found(changed(9, (line) => ({ ...line, opening: { other: ['AA', 1] } })))).toMatchObject({
      from: 9,
    });
    const more = changed(9, (line) => {
      const opening = structuredClone(line.opening) as Record<string, unknown[]>;
      opening.actor!.push({ name: 'Somebody Else' });
      return { ...line, opening };
    });
    expect(await found(more)).toMatchObject({ from: 9, to: 9 });
    expect(await found(changed(9, (line) => ({ ...line, opening: 'Somebody Else' })))).toMatchObject({
      from: 9,
    });
  });
});

describe('a hand that also makes numbers and chain fit is found between two signed sizes', () => {
  const edited = (i: number) =>
    changed(i, (line) => ({
      ...line,
      leaf: line.leaf.replace('"outcome":"allowed"', '"outcome":"refused"'),
    }));
  test('U4 edited', async () => {
    expect(await found(mended(edited(123)))).toMatchObject({ from: 100, to: 149 });
    expect(await found(mended(edited(299)))).toMatchObject({ from: 250, to: 299 });
  });
  test('U4 deleted, inserted and reordered', async () => {
    const around = (finding: unknown, i: number) => {
      const { from, to } = finding as { from: number; to: number };
      expect(from).toBeLessThanOrEqual(i);
      expect(to).toBeGreaterThanOrEqual(i);
      expect(to - from).toBeLessThanOrEqual(50);
    };
    around(await found(mended(file.toSpliced(at[123]!, 1))), 123);
    around(await found(mended(file.toSpliced(at[123]!, 0, file[at[7]!]!))), 123);
    const swapped = [...file];
    [swapped[at[123]!], swapped[at[124]!]] = [swapped[at[124]!]!, swapped[at[123]!]!];
    around(await found(mended(swapped)), 123);
  });
  test('U4 with the checkpoints along the way taken out too', async () => {
    const lines = mended(edited(123)).filter((line) => !line.startsWith('{"size"'));
    expect(await found(lines)).toMatchObject({ from: 0, to: 299 });
  });
  test('U4 a whole log put in its place, signed by another key', async () => {
    const other = signedExport(SIZE, 50);
    expect((await found([...other.lines()]))?.message).toMatch(/another log|not signed by this key/);
    expect((await found([...other.lines()], { key: signer.publicKey.toString('base64') }))?.message).toMatch(
      /not signed by this key/,
    );
  });
  test('U4 two roots of one size, both signed, of which the records have one', async () => {
    const other = [...signedExport(SIZE, 50, signer, log.organization).lines()];
    const message = expect.stringMatching(/not those that were signed/);
    for (const i of [0, file.length - 1])
      expect(await found(file.with(i, other.at(i)!)), String(i)).toMatchObject({ message });
  });
  test('U4 a false signature beside the true one', async () => {
    const header = JSON.parse(file[0]!) as { checkpoint: string };
    const [, name, signature] = /(— \S+ )(\S+)\n$/.exec(header.checkpoint)!;
    const bytes = Buffer.from(signature!, 'base64');
    bytes[67]! ^= 1;
    const checkpoint = `${header.checkpoint}${name}${bytes.toString('base64')}\n`;
    expect(await found(file.with(0, JSON.stringify({ ...header, checkpoint })))).toMatchObject({
      message: expect.stringMatching(/signature is false/),
    });
  });
  test('U4 a signature or a signed text altered', async () => {
    for (const [from, to] of [
      ['time 2026', 'time 2027'],
      ['\\n300\\n', '\\n301\\n'],
    ] as const) {
      expect(
        await found(
          file.map((line, i) => (i === 0 || i === file.length - 1 ? line.replace(from, to) : line)),
        ),
      ).toBeDefined();
    }
  });
});

describe('an earlier checkpoint', () => {
  const key = signer.publicKey.toString('base64');
  test('U4 finds a log that was rolled back, though it is signed', async () => {
    const shorter = [...signedExport(40, 50, signer, log.organization).lines()];
    expect(await found(shorter, { key })).toBeUndefined();
    expect(await found(shorter, { key, previous: log.checkpointAt(41) })).toMatchObject({
      message: expect.stringMatching(/once had 41 records/),
    });
  });
  test('U4 finds a log that was rewritten and signed anew with the stolen key', async () => {
    const rewritten = [...signedExport(SIZE, 50, signer, log.organization).lines()];
    expect(await found(rewritten, { key })).toBeUndefined();
    expect(await found(rewritten, { key, previous: log.checkpointAt(100) })).toMatchObject({
      from: 50,
      to: 99,
    });
  });
  test('U4 of another log, or forged, is told', async () => {
    const other = signedExport(10, 50, signer).checkpointAt(5);
    expect((await found(file, { key, previous: other }))?.message).toMatch(/of another log/);
    const forged = log.checkpointAt(100).replace('\n100\n', '\n101\n');
    expect((await found(file, { key, previous: forged }))?.message).toMatch(/signature is false/);
  });
});

/** The same bytes, said to be of another kind of key. */
const ofAnotherKind = [
  ...log.key.split('+').slice(0, 2),
  Buffer.concat([Buffer.of(2), signer.publicKey]).toString('base64'),
].join('+');

test.each([
  '',
  'x',
  'name+00000000+AAAA',
  `${log.key}x`,
  log.key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
  ofAnotherKind,
])('a key that is none is refused: %s', (key) => {
  expect(() => parseVerifierKey(key)).toThrow();
});
