import { describe, expect, it } from 'vitest';
import { answerOf, argument, open, part, query, settle } from '../../../test/open-session.ts';

describe('bindings', () => {
  it('reach the props of a component, in their kind, and errors stay at their field', async () => {
    const { session } = open({
      hello: part('text', { text: 'Hello {{ currentUser.name }}, {{ url.searchParams.id }}' }),
      bad: part('text', { text: '{{ nothing.here }}' }),
      off: part('button', { disabled: '{{ variables.tab === "open" }}' }),
    });
    await settle();
    expect(session.component('hello')?.props.text).toBe('Hello Ada, 7');
    expect(session.component('hello')?.exposed.text).toBe('Hello Ada, 7');
    expect(session.component('bad')?.errors.text).toContain('“nothing” does not exist');
    expect(session.component('off')?.props.disabled).toBe(true);
  });
  it('read of an input whether it is valid, and of a select what its choice is called', async () => {
    const options = [{ label: 'Norway', value: 'no' }, { label: 'Sweden', value: 'se' }, 'Åland'];
    const { session } = open({
      name: part('textInput', { required: true }),
      one: part('select', { options }),
      more: part('select', { options, multiple: true }),
      read: part('text', { text: '{{ name.valid }}, {{ one.label }}, {{ more.label }}' }),
    });
    const read = async () => {
      await settle();
      return session.component('read')?.props.text;
    };
    expect(await read()).toBe('false, , ');
    session.change('name', 'Ada');
    session.change('one', 'se');
    session.change('more', ['no', 'Åland']);
    expect(await read()).toBe('true, Sweden, Norway, Åland');
    session.change('name', '');
    session.change('one', null);
    session.change('more', ['se']);
    expect(await read()).toBe('false, , Sweden');
  });
  it('follow what a person types', async () => {
    const { session } = open({
      name: part('textInput'),
      echo: part('text', { text: '{{ name.value.length }}' }),
    });
    await settle();
    session.change('name', 'four');
    await settle();
    expect(session.component('echo')?.props.text).toBe('4');
  });
  it('X1 a value that the language makes no text of stays at its field, whatever takes it', async () => {
    const bound = '{{ shape.data[0].it }}';
    const { session } = open(
      {
        text: part('text', { text: bound }),
        line: part('textInput', { value: bound, maxLength: bound, label: bound }),
        figure: part('numberInput', { value: bound, min: bound, max: bound }),
        day: part('date', { value: bound, min: bound }),
        choice: part('select', { value: bound, options: '{{ [{ label: shape.data[0].it, value: 1 }] }}' }),
        after: part('text', { text: '{{ shape.data.length }}' }),
      },
      { shape: query({ run: 'auto' }) },
      async () => answerOf([{ it: { toString: 'x' } }]),
    );
    await settle(60);
    expect(session.component('after')?.props.text).toBe('1');
    expect(session.component('text')?.props.text).toBe('{"toString":"x"}');
    expect(session.component('line')?.exposed.value).toBe('{"toString":"x"}');
    expect([session.component('figure')?.invalid, session.component('day')?.invalid]).toEqual([
      'Enter a number.',
      'Enter a date, such as 22 Nov 2026.',
    ]);
    expect(session.component('figure')?.props.min).toBe(null);
  });
  it('R4 inside a closed modal are not evaluated until it opens', async () => {
    const { session } = open({
      box: part('modal'),
      inner: part('text', { text: '{{ 1 + 1 }}' }, { parent: 'box' }),
    });
    await settle();
    expect(session.component('inner')?.props.text).toBe('');
    await session.control('box', 'open');
    await settle();
    expect(session.component('inner')?.props.text).toBe('2');
    expect(session.component('box')?.exposed.open).toBe(true);
  });
});

describe('handlers', () => {
  const order = (handlers: unknown[]) => ({ b: part('button', {}, { on: { onClick: handlers } }) });
  it('R3 run in order, each after the one before, with their conditions', async () => {
    const { session, runs, said } = open(
      order([
        { do: 'setVariable', name: 'seen', value: { at: '{{ variables.tab }}' } },
        {
          do: 'runQuery',
          query: 'q',
          onSuccess: [{ do: 'notify', message: 'Got {{ q.data.length }}', tone: 'ok' }],
        },
        { do: 'notify', message: 'never', tone: 'ok', onlyIf: '{{ variables.seen.at !== "open" }}' },
        { do: 'goTo', url: 'https://example.com/{{ variables.seen.at }}' },
      ]),
      { q: query({ arguments: [argument('tab', 'variables.seen.at')] }) },
      async () => answerOf([{ a: 1 }]),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('done');
    expect(runs[0]?.arguments).toEqual({ tab: 'open' });
    expect(said).toEqual(['ok: Got 1', 'address: https://example.com/open']);
  });
  it('R3 stop at a step that fails, and say so', async () => {
    const { session, said } = open(
      order([
        { do: 'runQuery', query: 'q' },
        { do: 'notify', message: 'after', tone: 'ok' },
      ]),
      { q: query({ effect: 'write' }) },
      async () => Promise.reject(new Error('refused')),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('failed');
    expect(said).toEqual(['error: refused']);
  });
  it('R3 that a failure has of its own run to their end in place of what would be said, and the list ends', async () => {
    const { session, runs, said } = open(
      order([
        {
          do: 'runQuery',
          query: 'save',
          onFailure: [
            { do: 'runQuery', query: 'log' },
            { do: 'notify', message: '{{ save.error !== null }}', tone: 'bad' },
          ],
          onSuccess: [{ do: 'notify', message: 'saved', tone: 'ok' }],
        },
        { do: 'notify', message: 'after', tone: 'ok' },
      ]),
      { save: query({ effect: 'write' }), log: query() },
      async ({ query }) => (query === 'save' ? Promise.reject(new Error('refused')) : answerOf([])),
    );
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('failed');
    expect(runs.map((run) => run.query)).toEqual(['save', 'log']);
    expect(said).toEqual(['bad: true']);
  });
  it('R3 are passed over where their condition says no, as a value or as text', async () => {
    const conditions = ['{{ false }}', 'false', '{{ null }}', '{{ variables.tab }}', '', 'yes'];
    const { session, said } = open(
      order(conditions.map((onlyIf, i) => ({ do: 'notify', message: `${i}`, tone: 'ok', onlyIf }))),
    );
    await settle();
    await session.fire('b', 'onClick');
    expect(said).toEqual(['ok: 3', 'ok: 4', 'ok: 5']);
  });
  it('take back what the last try failed with', async () => {
    let fails = true;
    const { session, standing } = open(
      order([{ do: 'runQuery', query: 'q' }]),
      { q: query({ effect: 'write' }) },
      async () => (fails ? Promise.reject(new Error('refused')) : answerOf([])),
    );
    await settle();
    await session.fire('b', 'onClick');
    expect([...standing]).toEqual(['b.onClick']);
    fails = false;
    expect(await session.fire('b', 'onClick')).toBe('done');
    expect(standing.size).toBe(0);
  });
  it('ask before a query that wants it', async () => {
    const { session, runs, said } = open(order([{ do: 'runQuery', query: 'q' }]), {
      q: query({ effect: 'write', confirm: 'Delete {{ 1 + 1 }}? no' }),
    });
    await settle();
    expect(await session.fire('b', 'onClick')).toBe('cancelled');
    expect(runs).toEqual([]);
    expect(said).toEqual(['asked: Delete 2? no']);
  });
  it('that trigger each other endlessly are ended, and that is said', async () => {
    const { session, said } = open({
      m: part(
        'modal',
        {},
        {
          on: { onOpen: [{ do: 'closeModal', modal: 'm' }], onClose: [{ do: 'openModal', modal: 'm' }] },
        },
      ),
    });
    await settle();
    expect(await session.control('m', 'open')).toBe('failed');
    expect(said).toEqual([expect.stringContaining('trigger each other endlessly')]);
  });
  it('that branch are ended as well, and each begins only so many', async () => {
    const again = (modal: string) => [
      { do: 'closeModal', modal },
      { do: 'openModal', modal },
    ];
    const modals = Array.from({ length: 18 }, (_, i) => [
      `m${i}`,
      part('modal', {}, { on: { onOpen: [...again(`m${i + 1}`), ...again(`m${i + 1}`)] } }),
    ]);
    const { session, said } = open({
      go: part('button', {}, { on: { onClick: again('m0') } }),
      ...Object.fromEntries(modals),
      m18: part('modal'),
    });
    await settle();
    expect(await session.fire('go', 'onClick')).toBe('failed');
    expect(said).toEqual(['bad: A step of this action failed. Its steps trigger each other endlessly.']);
  });
  it('R7 never go to an address that runs code or is not https', async () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://elsewhere.example',
      'https://a@b.example',
    ]) {
      const { session, said } = open(order([{ do: 'goTo', url }]));
      await settle();
      expect(await session.fire('b', 'onClick')).toBe('failed');
      expect(said[0]).toContain('bad:');
    }
  });
});

it('R7 a page that opens goes to no other site by itself, and a button does', async () => {
  const elsewhere = { do: 'goTo', url: 'https://elsewhere.example/?d={{ currentUser.email }}' };
  const parts = {
    b: part('button', {}, { on: { onClick: [elsewhere] } }),
    m: part('modal', {}, { on: { onOpen: [elsewhere] } }),
    n: part('modal', {}, { on: { onClose: [elsewhere] } }),
  };
  const refused = expect.stringContaining('cannot open another site when it loads');
  const by = async (onLoad: object[]) => {
    const { session, said } = open(parts, {}, undefined, { onLoad });
    await settle();
    return { session, said };
  };
  expect((await by([{ do: 'goTo', url: '/people' }, elsewhere])).said).toEqual([
    'address: http://localhost/people',
    refused,
  ]);
  // Nor by a detour.
  const { session, said } = await by([{ do: 'openModal', modal: 'm' }]);
  expect(said).toEqual([refused]);
  await session.fire('b', 'onClick');
  expect(said.at(-1)).toBe('address: https://elsewhere.example/?d=ada@example.com');
  // Nor does a page that is left.
  await session.control('n', 'open');
  session.openPage('other', {});
  await settle();
  expect(said.at(-1)).toEqual(refused);
});

it('R7 what a page begins leads on twenty times, also by an address or by an event of a component', async () => {
  const here = { do: 'goTo', url: '/people' };
  const parts = { m: part('modal', {}, { on: { onOpen: [here] } }) };
  const onLoad = [...Array(20).fill(here), { do: 'openModal', modal: 'm' }];
  const { said } = open(parts, {}, undefined, { onLoad });
  await settle(60);
  expect(said).toEqual([
    ...Array(20).fill('address: http://localhost/people'),
    expect.stringContaining('redirect to each other endlessly'),
  ]);
});

it('R7 pages that lead to each other are ended, and one of them still opens for somebody', async () => {
  const to = (slug: string) => ({ onLoad: [{ do: 'goTo', page: slug }] });
  const { session, said } = open({}, {}, undefined, to('other'), to('main'));
  await settle(60);
  const circle = expect.stringContaining('redirect to each other endlessly');
  expect(said).toEqual([...Array(10).fill(['page: other instead', 'page: main instead']).flat(), circle]);
  session.openPage('other', {});
  await settle(60);
  expect(said).toHaveLength(42);
});
