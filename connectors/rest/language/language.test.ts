import type { RestQuery } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeArguments } from '../../language/type-arguments.ts';
import { Unbindable, Uncompilable } from '../../language.ts';
import { buildRequest, type RestValue } from './build-request.ts';
import { restLanguage } from './index.ts';

const document = (more: Partial<RestQuery>): RestQuery => ({
  kind: 'rest',
  source: 'api',
  arguments: {},
  maxRows: 100,
  timeoutMs: 1_000,
  run: 'manual',
  method: 'GET',
  path: '/',
  query: [],
  headers: [],
  ...more,
});
const text = (value: string | null): RestValue => ({ text: value, json: JSON.stringify(value) });
const build = (more: Partial<RestQuery>, values: Readonly<Record<string, RestValue>>) => {
  const { request } = restLanguage.outline(document(more));
  if (request === null) throw new Error('no request');
  return buildRequest(request, new Map(Object.entries(values)));
};
const refused = (more: Partial<RestQuery>): boolean => {
  try {
    restLanguage.outline(document(more));
    return false;
  } catch (error) {
    return error instanceof Uncompilable;
  }
};

it('Q10 a reviewer sees the whole request: its line, its headers, its body', () => {
  const shown = (more: Partial<RestQuery>) => restLanguage.outline(document(more)).statements[0]?.text;
  const headers = [{ name: 'X-Force', value: 'yes {{ how }}' }];
  expect(shown({ path: '/a/{{ id }}', query: [{ name: 'q', value: '{{ q }}' }] })).toBe('GET /a/{id}?q={q}');
  expect(shown({ method: 'PUT', headers, body: { json: '{"status": "paid",\n"n": {{ n }}}' } })).toBe(
    'PUT /\nX-Force: yes {how}\n\n{"status": "paid",\n"n": {n}}',
  );
  const told = { method: 'PUT', headers, body: { json: '{}' }, answerHeaders: ['X-Total', 'ETag'] } as const;
  expect(shown({ ...told, answerHeaders: [...told.answerHeaders] })).toBe(
    'PUT /\nX-Force: yes {how}\n(response headers: x-total, etag)\n\n{}',
  );
  const each = [{ name: 'tag', value: '{{ tags }}', each: true as const }];
  expect(shown({ query: [...each, { name: 'q', value: '1' }] })).toBe('GET /?tag={tags}&…&q=1');
  expect(shown({ method: 'POST', body: { form: each } })).toBe('POST /\n\ntag={tags}&…');
  expect(shown({ method: 'POST', body: { form: [{ name: 'a b', value: '{{ x }}' }] } })).toBe(
    'POST /\n\na%20b={x}',
  );
});

it('Q10 nothing of a request hides from a reviewer, or turns the rest of it around', () => {
  const hidden = 'paid \u202ediap ton';
  const pair = [{ name: 'a', value: hidden }];
  expect(refused({ query: pair })).toBe(true);
  expect(refused({ query: [{ name: hidden, value: '' }] })).toBe(true);
  expect(refused({ headers: pair })).toBe(true);
  expect(refused({ method: 'POST', body: { form: pair } })).toBe(true);
  expect(refused({ method: 'POST', body: { json: JSON.stringify({ hidden }) } })).toBe(true);
  expect(refused({ rowsAt: 'paid\u202ediap' })).toBe(true);
  expect(refused({ errorAt: 'paid\u202ediap' })).toBe(true);
  expect(refused({ method: 'POST', body: { json: '{ "seen": "\\u202e" }' } })).toBe(false);
  expect(refused({ method: 'POST', body: { json: '{\r\n\t"a": "שלום"\r\n}' } })).toBe(false);
});

describe('Q7 nothing breaks out of its place', () => {
  it('a path value is one segment, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        if (/(^|[/\\])\.\.?($|[/\\])/.test(value)) return;
        const { path } = build({ path: '/users/{{ id }}/orders' }, { id: text(value) });
        const url = new URL(`https://api.example.com/v2${path}`);
        expect(url.host).toBe('api.example.com');
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(url.search + url.hash).toBe('');
        expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(value);
      }),
    );
  });
  it('a list that is sent once for each item is as many values of its own name, whatever they hold', () => {
    const field = [{ name: 'tag[]', value: '{{ tags }}', each: true as const }];
    const sent = (items: string[]) => ({ tags: { ...text(null), items } });
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (items) => {
        const { path } = build({ query: [...field, { name: 'q', value: 'x' }] }, sent(items));
        const { searchParams } = new URL(`https://api.example.com/v2${path}`);
        expect([...searchParams]).toEqual([...items.map((item) => ['tag[]', item]), ['q', 'x']]);
        const { body } = build({ method: 'POST', body: { form: field } }, sent(items));
        expect([...new URLSearchParams(body ?? '')]).toEqual(items.map((item) => ['tag[]', item]));
      }),
    );
  });
  it('a list that is sent for each item is one expression, of a list everywhere', () => {
    const each = true as const;
    for (const value of ['a', 'a{{ tags }}', '{{ a }}{{ b }}', ''])
      expect(refused({ query: [{ name: 'tag', value, each }] }), value).toBe(true);
    expect(refused({ path: '/{{ tags }}', query: [{ name: 'tag', value: '{{ tags }}', each }] })).toBe(true);
  });
  it('of the person’s groups, says that they are sent as a list', () => {
    const typed = (each: { each?: true }) => {
      const query = [{ name: 'group', value: '{{ currentUser.groups }}', ...each }];
      return typeArguments(restLanguage.outline(document({ query })), {}, { descriptions: [] });
    };
    expect(() => typed({})).toThrow('that is sent once for each item');
    expect(typed({ each: true })).toMatchObject([{ origin: 'identity', type: 'text', list: true }]);
  });
  it('an empty list is refused where a PUT, PATCH or DELETE would be about more without it', () => {
    const query = [{ name: 'id', value: '{{ ids }}', each: true as const }];
    const none = { ids: { ...text(null), items: [] } };
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      expect(() => build({ method, query }, none)).toThrow(Unbindable);
      expect(build({ method, query, arguments: { ids: { nullable: true } } }, none).path).toBe('/');
      expect(build({ method, query }, { ids: { ...text(null), items: ['7'] } }).path).toBe('/?id=7');
    }
    for (const method of ['GET', 'POST'] as const) expect(build({ method, query }, none).path).toBe('/');
    const form = { method: 'PATCH', body: { form: query } } as const;
    expect(build(form, none).body).toBe('');
  });
  it('a string of a JSON body can have several lines, which are sent as JSON writes them', () => {
    const json =
      '{\n\t"query": "query($id: ID!) {\r\n\tuser(id: $id) { name(of: \\"a\\") }\n}",\n"n": {{ id }}\n}';
    const { body } = build({ method: 'POST', body: { json } }, { id: text('a\nb') });
    expect(JSON.parse(body ?? '')).toEqual({
      query: 'query($id: ID!) {\r\n\tuser(id: $id) { name(of: "a") }\n}',
      n: 'a\nb',
    });
    expect(body).toMatch(/^\{\n\t"query": /);
    expect(refused({ method: 'POST', body: { json: '{ "a": "\\\n" }' } })).toBe(true);
  });
  it.each([
    ['{"a\nb": {{ x.y }},\n"b" 1}', '1'],
    ['{"a": {{ x }}, }', '}'],
    ['{"a": {{ x }} "b": 1}', '"b"'],
    ['{"a": {{ x }}, b: 1}', 'b'],
  ])('of a JSON body that is none, %j, says where', (json, where) => {
    let places: Uncompilable['places'] = [];
    try {
      build({ method: 'POST', body: { json } }, {});
    } catch (error) {
      if (error instanceof Uncompilable) places = error.places;
    }
    expect(places).toMatchObject([{ path: 'body.json', at: json.lastIndexOf(where), length: 1 }]);
  });
  it('a JSON body can be of another type of JSON, and no other body has a type of its own', () => {
    const named = (...values: string[]) => ({
      method: 'PATCH' as const,
      body: { json: '{}' },
      headers: values.map((value) => ({ name: 'Content-Type', value })),
    });
    for (const type of ['application/merge-patch+json', 'application/json-patch+json; charset=utf-8'])
      expect(build(named(type), {}).headers).toEqual([['Content-Type', type]]);
    expect(build(named(), {}).headers).toEqual([['content-type', 'application/json']]);
    for (const type of [
      'application/json',
      'text/html',
      'application/x-www-form-urlencoded',
      'application/json; a, text/html',
      'application/json;',
      '{{ type }}',
      '',
    ])
      expect(refused(named(type)), type).toBe(true);
    expect(refused(named('a/b+json', 'application/c+json'))).toBe(true);
    const { headers } = named('application/merge-patch+json');
    expect(refused({ headers })).toBe(true);
    expect(refused({ method: 'POST', headers, body: { form: [] } })).toBe(true);
  });
  it('of an answer, a query can name its headers, but none that may hold a credential', () => {
    const named = (answerHeaders: string[]) => restLanguage.outline(document({ answerHeaders })).request;
    expect(named(['X-Total', 'Location', 'x-total'])?.answerHeaders).toEqual(['x-total', 'location']);
    for (const name of [
      'Set-Cookie',
      'set-cookie2',
      'WWW-Authenticate',
      'Proxy-Authenticate',
      'Authorization',
    ])
      expect(() => named([name]), name).toThrow('may hold a credential');
    for (const name of ['', 'a b', 'a:', '{{ x }}', 'paid\u202ediap'])
      expect(refused({ answerHeaders: [name] }), name).toBe(true);
  });
  it('a hole in a name is refused, and not sent as it is written', () => {
    const pair = [{ name: 'filter[{{ field }}]', value: 'x' }];
    expect(refused({ query: pair })).toBe(true);
    expect(refused({ method: 'POST', body: { form: pair } })).toBe(true);
    expect(refused({ query: [{ name: 'filter[{field}]', value: 'x' }] })).toBe(false);
  });
  it.each(['', '.', '..', null])('refuses %j as a segment', (value) => {
    expect(() => build({ path: '/users/{{ id }}' }, { id: text(value) })).toThrow(Unbindable);
  });
  it.each(['../../admin', 'a/../b', 'a/.', '..\\b', './a'])(
    'refuses %j, which a server may climb by',
    (value) => {
      expect(() => build({ path: '/users/{{ id }}' }, { id: text(value) })).toThrow(Unbindable);
    },
  );
  it('takes a slash, for names of a group and a project', () => {
    const { path } = build({ path: '/projects/{{ id }}' }, { id: text('group/my.project..x') });
    expect(path).toBe('/projects/group%2Fmy.project..x');
  });
  it('of an encoded slash, says how to send one, and that is sent', () => {
    expect(() => restLanguage.outline(document({ path: '/queues/%2F/orders' }))).toThrow(
      'To send a slash within a part of the path, write {{ "/" }} in place of %2F.',
    );
    const [slash] = restLanguage.outline(document({ path: '/queues/{{ "/" }}/orders' })).arguments;
    expect(slash?.expression).toBe('"/"');
    const { path } = build({ path: '/queues/{{ "/" }}/a{{ "/" }}b' }, { [slash?.name ?? '']: text('/') });
    expect(path).toBe('/queues/%2F/a%2Fb');
  });
  it('refuses to make “..” of parts', () => {
    expect(() => build({ path: '/a/.{{ x }}/b' }, { x: text('.') })).toThrow(Unbindable);
  });
  it.each([
    'users',
    '/a//b',
    '/a/../b',
    '/a/./b',
    '/a?x=1',
    '/a#b',
    '/a%2fb',
    '/a%2Fb',
    '/a%5Cb',
    '/a%00b',
    '/%2e%2e/b',
    '/a\\b',
    '/é',
  ])('refuses the path %s', (path) => expect(refused({ path })).toBe(true));
  it.each(['/orders/{id}', '/a{order-id}.json'])(
    'of %s, as documentation writes it, says what to write',
    (path) => {
      const [name] = /\{.*\}/.exec(path)!;
      expect(() => restLanguage.outline(document({ path }))).toThrow(
        `such as {{ table.selectedRow.id }} in place of ${name}.`,
      );
    },
  );
  it('of a whole address, says what a path is', () => {
    expect(() => restLanguage.outline(document({ path: 'https://example.com/v1/orders' }))).toThrow(
      'Enter only what comes after the base URL of the source. Another address needs another source.',
    );
  });
  it('encodes query and form values', () => {
    const pair = [{ name: 'q&', value: '{{ q }}' }];
    expect(build({ query: pair }, { q: text('a&b=c #é') }).path).toBe('/?q%26=a%26b%3Dc%20%23%C3%A9');
    expect(build({ method: 'POST', body: { form: pair } }, { q: text('a&b c') }).body).toBe('q%26=a%26b+c');
    expect(build({ query: pair }, { q: text("'(*)!") }).path).toBe('/?q%26=%27%28%2A%29%21');
  });
  it('leaves out a field that is a value which is not there, and no other', () => {
    const pair = (value: string) => [{ name: 'q', value }];
    expect(build({ query: pair('{{ q }}') }, { q: text(null) }).path).toBe('/');
    expect(build({ query: pair('{{ q }}!') }, { q: text(null) }).path).toBe('/?q=%21');
    expect(build({ query: pair('{{ q }}') }, { q: text('') }).path).toBe('/?q=');
  });
  // Of DELETE /rows?id={{ id }} with no row selected, DELETE /rows was sent: all of them.
  it('takes no null for a field that may say what a DELETE, PUT or PATCH is about, unless that is said', () => {
    const one = [{ name: 'id', value: '{{ id }}' }];
    const nullable = (given: Partial<RestQuery>, settings = {}) =>
      typeArguments(restLanguage.outline(document(given)), settings, { descriptions: [] })[0]?.nullable;
    for (const method of ['DELETE', 'PUT', 'PATCH'] as const) {
      expect(nullable({ method, query: one })).toBe(false);
      expect(nullable({ method, headers: [{ name: 'if-match', value: '{{ id }}' }] })).toBe(false);
      expect(nullable({ method, query: one }, { id: { nullable: true } })).toBe(true);
      expect(nullable({ method, query: [{ name: 'id', value: 'eq.{{ id }}' }] })).toBe(true);
    }
    expect(nullable({ method: 'PATCH', body: { json: '{ "a": {{ id }} }' } })).toBe(true);
    for (const method of ['GET', 'POST'] as const) expect(nullable({ method, query: one })).toBe(true);
  });
  // Of GET /orders/{{ id }} with no row selected, everybody who opened the app read that an argument is not valid.
  it.each(['/orders/{{ id }}', '/orders/{{ id }}.json'])(
    'takes no null in the path %s, so that the query waits',
    (path) => {
      const nullable = (settings = {}) =>
        typeArguments(restLanguage.outline(document({ path })), settings, { descriptions: [] })[0]?.nullable;
      expect(nullable()).toBe(false);
      expect(nullable({ id: { nullable: true } })).toBe(true);
    },
  );
  // Of PUT /orders/{{ id }} with the id in its body too, the body had "7" where the API takes 7.
  it('takes a value of any type for what stands in the body, wherever else it stands', () => {
    const json = '{ "id": {{ id }}, "n": {{ n }} }';
    const query = [{ name: 'q', value: '{{ q }}' }];
    const outline = restLanguage.outline(
      document({ method: 'PUT', path: '/orders/{{ id }}', query, body: { json } }),
    );
    const types = typeArguments(outline, {}, { descriptions: [] }).map(({ name, type }) => [name, type]);
    expect(Object.fromEntries(types)).toEqual({ id: 'json', n: 'json', q: 'text' });
  });
  it.each(['a\r\nx: y', 'a\nb', 'a\0b', 'a\x7f', 'a\x85', 'é–'])('refuses the header value %j', (value) => {
    expect(() => build({ headers: [{ name: 'x-tag', value: '{{ v }}' }] }, { v: text(value) })).toThrow(
      Unbindable,
    );
  });
  it.each([
    'Host',
    'authorization',
    'Content-Length',
    'connection',
    'content-type',
    'accept-encoding',
    'transfer-encoding',
    'te',
    'trailer',
    'upgrade',
    'expect',
    'keep-alive',
    'cookie',
    'cookie2',
    'via',
    'forwarded',
    'x-forwarded-for',
    'proxy-authorization',
    'http2-settings',
    'x-http-method',
    'X-HTTP-Method-Override',
    'x-method-override',
    'a b',
    'a:b',
    '',
  ])('refuses the header %j', (name) => expect(refused({ headers: [{ name, value: 'x' }] })).toBe(true));
  it('a body value is a JSON value in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const { body } = build(
          { method: 'POST', body: { json: '{ "name": {{ name }}, "fixed": 1 }' } },
          { name: text(value) },
        );
        expect(JSON.parse(body ?? '')).toEqual({ name: value, fixed: 1 });
      }),
    );
  });
  it.each([
    '{ "a": "{{ x }}" }',
    '{ "a": "\\" {{ x }} \\"" }',
    '{ {{ x }}: 1 }',
    '{ "a": {{ x }} {{ y }} }',
    '{ "a": {{ x }}',
    '{"a":1',
  ])('refuses the body %s', (json) => expect(refused({ method: 'POST', body: { json } })).toBe(true));
  it.each([
    ['{ "a": "{{ x["y"] }}" }', 'Write {{ x["y"] }} without quotes around it.'],
    [
      '{ "a": "To {{ name }}: {{ n ?? 0 }} \\"left\\"" }',
      'Write {{ "To " + name + ": " + (n ?? 0) + " \\"left\\"" }} without',
    ],
    ['["{{ a }}{{ b }}"]', 'Write {{ "" + a + b }} without'],
    ['["To {{ currentUser.name }}"]', 'Write {{ … }} without quotes around it.'],
    ['["{{ no expression }}"]', 'Write {{ … }} without'],
    ['["{{ a }}', 'is not closed'],
  ])('says what to write instead of %s', (json, said) => {
    expect(() => restLanguage.outline(document({ method: 'POST', body: { json } }))).toThrow(said);
  });
  it.each(['', '.', 'a.', 'a..b', ' a', 'a. b', 'a '])(
    'refuses %j as the way to the rows, or to an error',
    (rowsAt) => expect([refused({ rowsAt }), refused({ errorAt: rowsAt })]).toEqual([true, true]),
  );
  it('takes a name with a space in it, as some APIs have, on the way to the rows', () => {
    expect(restLanguage.outline(document({ rowsAt: 'data.Grocery Products?' })).request?.rowsAt).toBe(
      'data.Grocery Products?',
    );
  });
  it('only GET is a read, and GET has no body', () => {
    expect(restLanguage.outline(document({})).effect).toBe('read');
    expect(restLanguage.outline(document({ method: 'POST' })).effect).toBe('write');
    expect(refused({ body: { json: '1' } })).toBe(true);
  });
});
