import { describe, expect, it } from 'vitest';
import { jsonText } from '../lib/exact-json.ts';
import { shownText } from './engine/shown-text.ts';
import { readNdjson, readRun } from './run-client.ts';

const head = { run: '00000000-0000-4000-8000-000000000000', columns: [] };
const end = (rows: number, more: object = {}) => ({
  run: head.run,
  end: { rows, changed: null, truncated: null, total: null, sourceMs: 1, ...more },
});
const stream = (text: string, size = 7): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(text);
  const made = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  // As Safari's: it cannot be iterated.
  return Object.defineProperty(made, Symbol.asyncIterator, { value: undefined });
};
const lines = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('an NDJSON answer', () => {
  it('is read across any cut of its bytes', async () => {
    const deceit = { run: 'x', end: { ...end(1).end } };
    const text = lines(head, { name: 'Zoë 🚪' }, deceit, { end: end(1).end }, end(3));
    for (const size of [1, 2, 3, 1000]) {
      expect((await readNdjson(stream(text, size))).rows).toEqual([
        { name: 'Zoë 🚪' },
        deceit,
        { end: end(1).end },
      ]);
    }
  });
  it('without its end, cut in a line, or with a row missing is a failure', async () => {
    for (const text of [
      lines(head, { a: 1 }),
      `${lines(head)}{"a":`,
      lines(head, { a: 1 }, end(2)),
      '',
      lines(head, end(0), { a: 1 }),
    ]) {
      await expect(readNdjson(stream(text))).rejects.toMatchObject({ code: 'answer_cut_off' });
    }
  });
  it('may end without a line break; one whose letters were damaged is a failure, and is read no further', async () => {
    const text = lines(head, { name: 'Zoë' }, end(1));
    expect((await readNdjson(stream(text.trimEnd()))).rows).toEqual([{ name: 'Zoë' }]);
    const bytes = new TextEncoder().encode(text);
    bytes[bytes.indexOf(0xc3)] = 0xff;
    let left = false;
    const damaged = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes),
      cancel() {
        left = true;
      },
    });
    await expect(readNdjson(damaged)).rejects.toMatchObject({ code: 'answer_cut_off' });
    expect(left).toBe(true);
  });
  it('that ends with a problem is that problem', async () => {
    const problem = { code: 'source_timeout', title: 'T', next: 'N', requestId: 'r1' };
    for (const part of ['', '{"a": "x\n'])
      await expect(
        readNdjson(stream(`${lines(head, { a: 1 })}${part}${lines(end(1, { problem }))}`)),
        part,
      ).rejects.toMatchObject({ code: 'source_timeout', problem: { requestId: 'r1' } });
  });
  it('with a part of a row is a failure, whatever comes behind it', async () => {
    const problem = { code: 'source_timeout', title: 'T', next: 'N', requestId: 'r1' };
    for (const text of [
      `${lines(head, { a: 1 })}{"a": "x\n${lines(end(1))}`,
      `${lines(head)}{"a": "x\n${lines({ a: 1 }, end(1))}`,
      `${lines(head)}{"a": "x\n{"a": "x\n${lines(end(0, { problem }))}`,
    ])
      await expect(readNdjson(stream(text)), text).rejects.toMatchObject({ code: 'answer_cut_off' });
  });
});

it('a JSON answer without its end is a failure too', async () => {
  const whole = Response.json({ ...head, rows: [{ a: 1 }], ...end(1) });
  expect((await readRun(whole)).rows).toEqual([{ a: 1 }]);
  const headers = { 'x-total': '7' };
  const told = Response.json({ ...head, headers, rows: [], ...end(0) });
  expect((await readRun(told)).headers).toEqual(headers);
  expect((await readNdjson(stream(lines({ ...head, headers }, end(0))))).headers).toEqual(headers);
  await expect(readRun(Response.json({ ...head, rows: [] }))).rejects.toMatchObject({
    code: 'answer_cut_off',
  });
  await expect(readRun(new Response('{"run":', { headers: { 'x-request-id': 'r2' } }))).rejects.toMatchObject(
    {
      problem: { requestId: 'r2' },
    },
  );
});

it('an answer that is nested too deeply for the page is a failure of its run, in either form', async () => {
  const nested = (levels: number, inside = '') => `{"a":${'['.repeat(levels)}${inside}${']'.repeat(levels)}}`;
  const [streamed, whole] = [
    (row: string) => readNdjson(stream(`${lines(head)}${row}\n${lines(end(1))}`, 1000)),
    (row: string) =>
      readRun(
        new Response(
          `{"run":"${head.run}","columns":[],"rows":[${row}],"end":${JSON.stringify(end(1).end)}}`,
          { headers: { 'x-request-id': 'r3' } },
        ),
      ),
  ];
  for (const read of [streamed, whole]) {
    await expect(read(nested(10_000))).rejects.toMatchObject({ code: 'answer_too_deep' });
    await expect(read(nested(500))).rejects.toMatchObject({ code: 'answer_too_deep' });
    expect((await read(nested(490))).rows).toHaveLength(1);
    // Brackets of a text nest nothing, also behind a quotation mark in it, and those that close count.
    expect((await read(nested(490, JSON.stringify(`"\\${'[{'.repeat(600)}`)))).rows).toHaveLength(1);
    expect((await read(`{"a":[${'[{}],'.repeat(600)}1]}`)).rows).toHaveLength(1);
  }
  await expect(whole(nested(500))).rejects.toMatchObject({ problem: { requestId: 'r3' } });
});

describe('Q16 numbers within JSON that a JavaScript number would round', () => {
  const data =
    '{"id":9007199254740993,"in":[{"share":0.12345678901234567890},1e400,9007199254740992],"small":1.50}';
  const text = `{"run":"${head.run}","columns":[],"rows":[{"data":${data},"id":"9007199254740993"}],"end":${JSON.stringify(end(1).end)}}`;
  const rowOf = async () => (await readRun(new Response(text))).rows[0]!;
  it('are their text to read, so that an expression has every digit', async () => {
    expect(await rowOf()).toEqual({
      data: {
        id: '9007199254740993',
        in: [{ share: '0.12345678901234567890' }, '1e400', '9007199254740992'],
        small: 1.5,
      },
      id: '9007199254740993',
    });
    const streamed = await readNdjson(stream(`${JSON.stringify(head)}\n{"n":[1e400]}\n${lines(end(1))}`));
    expect(streamed.rows).toEqual([{ n: ['1e400'] }]);
  });
  it('are shown, copied and sent back as numbers with every digit', async () => {
    const row = await rowOf();
    const whole = data.replace('1.50', '1.5');
    expect(shownText(row.data)).toBe(whole);
    expect(shownText((row.data as { in: unknown }).in)).toBe(/\[.*\]/.exec(whole)?.[0]);
    expect(jsonText({ arguments: { data: row.data, id: row.id } })).toBe(
      `{"arguments":{"data":${whole},"id":"9007199254740993"}}`,
    );
  });
});
