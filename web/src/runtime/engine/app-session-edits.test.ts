import type { AppPages, QuerySignature, RunAnswer } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { answerOf, argument, open, page, part, query, settle } from '../../../test/open-session.ts';
import { jsonText, parseAnswer } from '../../lib/exact-json.ts';
import { createUnsavedEdits } from './unsaved-edits.ts';

describe('what was typed and not sent', () => {
  const edited = (edit: object, queries: Record<string, QuerySignature> = {}) =>
    open({ edit: part('textInput'), rows: part('text', { text: '{{ list.data }}' }), ...edit }, queries);
  const reads = (run: 'auto' | 'manual') => query({ run, arguments: [argument('edit', 'edit.value')] });
  const save = query({ effect: 'write', arguments: [argument('edit', 'edit.value')] });
  const row = (note: string) => ({ selectedRow: { id: 1, note }, selectedKey: '1' });
  const ofARow = {
    t: part('table', { data: [] }),
    edit: part('textInput', { value: '{{ t.selectedRow.note }}' }),
  };
  it('R5 is asked for before the app is left', async () => {
    const { session, said } = edited({}, { save });
    await settle();
    session.change('edit', 'typed');
    expect(session.hasEdits()).toBe(true);
    expect(await session.mayLeave()).toBe(true);
    expect(said).toEqual(['asked: Discard changes?']);
    expect(session.hasEdits()).toBe(false);
    expect(session.component('edit')?.exposed.value).toBe('');
  });
  it('R5 is kept when the person steps back, and until what sends it is done', async () => {
    let yes = false;
    const started: string[] = [];
    const changed = new Set(['a', 'b', 'c']);
    const edits = createUnsavedEdits(
      { isChanged: (id) => changed.has(id), resetValue: (id) => void started.push(id) },
      { confirm: async () => yes },
      () => false,
    );
    edits.note('a');
    edits.note('b');
    expect(await edits.mayLose(['c']), 'nobody typed into it').toBe(true);
    expect(await edits.mayLose(['a'])).toBe(false);
    expect([edits.held(), started]).toEqual([['a', 'b'], []]);
    const failed = edits.send(['a']);
    expect([edits.holds('a'), await edits.mayLose(['a'])], 'it is on its way').toEqual([false, false]);
    failed(false);
    expect(edits.holds('a')).toBe(true);
    const sent = edits.send(['a']);
    edits.note('a');
    sent(true);
    expect(edits.holds('a'), 'typed meanwhile').toBe(true);
    edits.send(['a'])(true);
    expect(edits.held()).toEqual(['b']);
    changed.delete('b');
    expect([edits.holds('b'), edits.held()], 'taken back').toEqual([false, []]);
    changed.add('b');
    yes = true;
    expect(await edits.mayLose()).toBe(true);
    expect([edits.held(), started]).toEqual([[], ['b']]);
  });
  it('is no filter, which was sent as it was typed; in a form, it may be more', async () => {
    const filter = edited({}, { list: reads('auto'), search: reads('manual') });
    await settle();
    filter.session.change('edit', 'typed');
    expect(filter.session.hasEdits()).toBe(false);
    const inForm = edited(
      { f: part('form'), edit: part('textInput', {}, { parent: 'f' }) },
      { list: reads('auto') },
    );
    await settle();
    inForm.session.change('edit', 'typed');
    expect(inForm.session.hasEdits()).toBe(true);
  });
  it('in a modal that a step closes is given up', async () => {
    const { session } = open({ m: part('modal'), edit: part('textInput', {}, { parent: 'm' }) });
    await settle();
    await session.control('m', 'open');
    session.change('edit', 'typed');
    const before = session.hasEdits();
    await session.control('m', 'close');
    expect([before, session.hasEdits()]).toEqual([true, false]);
  });
  it('of what is no row goes with its default, as everything that follows one', async () => {
    const { session, said } = open({
      edit: part('textInput', { value: '{{ variables.seen }}' }),
      go: part('button', {}, { on: { onClick: [{ do: 'setVariable', name: 'seen', value: 'new' }] } }),
    });
    await settle();
    session.change('edit', 'typed');
    await session.fire('go', 'onClick');
    await settle();
    expect([session.component('edit')?.exposed.value, said]).toEqual(['new', []]);
  });
  it('of a row stays when the row is read again with another value, and that is said', async () => {
    const { session, said } = open(ofARow, { save });
    await settle();
    session.expose('t', row('old'));
    await settle();
    session.change('edit', 'typed');
    session.expose('t', row('of somebody else'));
    await settle();
    expect(session.component('edit')?.exposed.value).toBe('typed');
    expect(said).toEqual([expect.stringContaining('this value changed in the data source')]);
    expect(await session.mayLeave()).toBe(true);
    expect(session.component('edit')?.exposed.value).toBe('of somebody else');
  });
  it('is none once a change took it, but what is typed meanwhile is another', async () => {
    const answers: (() => void)[] = [];
    const press = part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'save' }] } });
    const { session, said } = open(
      { ...ofARow, press },
      { save },
      () => new Promise<RunAnswer>((resolve) => void answers.push(() => resolve(answerOf([])))),
    );
    await settle();
    session.expose('t', row('old'));
    await settle();
    session.change('edit', 'first');
    const first = session.fire('press', 'onClick');
    await settle();
    session.expose('t', row('FIRST, as a trigger wrote it'));
    await settle();
    expect(session.component('edit')?.exposed.value).toBe('FIRST, as a trigger wrote it');
    session.change('edit', 'second');
    answers[0]?.();
    expect(await first).toBe('done');
    expect(session.hasEdits()).toBe(true);
    const second = session.fire('press', 'onClick');
    await settle();
    answers[1]?.();
    await second;
    expect([session.hasEdits(), said]).toEqual([false, []]);
  });
  it('R9 is told when a newer release has no such input, and not waited for', async () => {
    const { session, said } = edited({
      edit: part('textInput', { label: 'Total' }),
      other: part('textInput'),
    });
    await settle();
    session.change('edit', '12,50');
    session.change('other', 'typed');
    const { pages, ...rest } = session.pages();
    const { edit: _gone, ...components } = pages.main!.components;
    session.update({ ...rest, pages: { ...pages, main: { ...pages.main!, components } } }, {});
    expect(said).toEqual([
      'bad: This release has no field for some of what you typed. Total: 12,50. Type it again where it belongs.',
    ]);
    session.change('other', '');
    expect(session.hasEdits()).toBe(false);
  });
  it('in a modal stays, and is remembered, when another page takes its place', async () => {
    const { session } = edited({ m: part('modal'), edit: part('textInput', {}, { parent: 'm' }) });
    await settle();
    await session.control('m', 'open');
    session.change('edit', 'typed');
    session.openPage('other', {});
    await settle();
    expect(session.hasEdits()).toBe(true);
    session.openPage('main', {});
    await session.control('m', 'open');
    expect(session.component('edit')?.exposed.value).toBe('typed');
    await session.leave('m');
    expect(session.component('edit')?.exposed.value).toBe('');
  });
});

it('an edited document keeps what did not change', async () => {
  const { session } = open({ name: part('textInput'), echo: part('text', { text: '{{ name.value }}' }) });
  await settle();
  session.change('name', 'typed');
  const pages = session.pages();
  const main = pages.pages.main!;
  session.update(
    {
      ...pages,
      pages: {
        ...pages.pages,
        main: {
          ...main,
          components: { ...main.components, more: part('text', { text: '{{ name.value }}!' }) },
        },
      },
    } as unknown as AppPages,
    {},
  );
  await settle();
  expect(session.component('name')?.exposed.value).toBe('typed');
  expect(session.component('more')?.props.text).toBe('typed!');
});

it('an edited document does not begin its page anew', async () => {
  const onLoad = [{ do: 'notify', tone: 'ok', message: 'Begun' }];
  const { session, said } = open({ name: part('textInput') }, {}, undefined, { onLoad });
  await settle();
  session.update({ ...session.pages() }, {});
  await settle();
  expect(said).toEqual(['ok: Begun']);
});

it('what nothing on the page reads is there for what is evaluated on demand', async () => {
  const { session } = open(
    { go: part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'find' }] } }) },
    { find: query() },
    async () => answerOf([{ n: 1 }, { n: 2 }]),
  );
  await settle();
  await session.fire('go', 'onClick');
  expect(await session.evaluate('{{ find.data.length }}')).toEqual({ value: 2 });
});

it('R4 another address of a page changes what it reads and begins nothing anew; another page closes its modals', async () => {
  const onLoad = [{ do: 'notify', tone: 'ok', message: 'Begun' }];
  const { session, said } = open(
    { m: part('modal'), echo: part('text', { text: '{{ url.searchParams.id }}' }) },
    {},
    undefined,
    { onLoad },
  );
  await settle();
  await session.control('m', 'open');
  session.openPage('main', { id: '8' });
  await settle();
  const isOpen = () => session.component('m')?.exposed.open;
  expect([session.component('echo')?.props.text, isOpen(), said]).toEqual(['8', true, ['ok: Begun']]);
  session.openPage('other', {});
  session.openPage('main', {});
  await settle();
  expect([isOpen(), said]).toEqual([false, ['ok: Begun', 'ok: Begun']]);
});

it('what a person changes runs the steps of the change', async () => {
  const onChange = [{ do: 'notify', tone: 'ok', message: 'Now {{ name.value }}' }];
  const { session, said } = open({ name: part('textInput', {}, { on: { onChange } }) });
  await settle();
  session.change('name', 'Ada');
  await settle();
  expect(said).toEqual(['ok: Now Ada']);
});

it('R11 the first page of a table is asked for at once, and the whole of a query only where it has no pages', async () => {
  const { runs } = open(
    { t: part('table', { query: 'list', pageSize: 25 }), whole: part('table', { query: 'all' }) },
    { list: query({ run: 'auto', windowed: true }), all: query({ run: 'auto' }) },
  );
  await settle(60);
  expect(runs.map(({ query: name, window }) => [name, window?.limit])).toEqual([
    ['list', 25],
    ['all', undefined],
  ]);
});

it('R11 a canvas asks for the page that the document says now, also of a query that got pages after its table', async () => {
  const pages = (pageSize: number) => ({ t: part('table', { query: 'list', pageSize }) });
  const { session, runs } = open(pages(25), { list: query({ run: 'auto' }) }, undefined, {}, {}, 'edit');
  const asked = async () => {
    await settle(60);
    return runs.map(({ window }) => window?.limit);
  };
  expect(await asked()).toEqual([undefined]);
  const list = query({ run: 'auto', windowed: true });
  session.update(session.pages(), { list });
  expect(await asked()).toEqual([undefined, 25]);
  const { main } = session.pages().pages;
  const next = { ...main, components: pages(5) };
  session.update({ ...session.pages(), pages: { main: next } } as unknown as AppPages, { list });
  expect(await asked()).toEqual([undefined, 25, 5]);
});

it('expressions read whether a modal is open', async () => {
  const { session } = open({ m: part('modal'), echo: part('text', { text: '{{ m.open }}' }) });
  const echo = async () => {
    await settle();
    return session.component('echo')?.props.text;
  };
  const before = await echo();
  await session.control('m', 'open');
  const opened = await echo();
  await session.control('m', 'close');
  expect([before, opened, await echo()]).toEqual(['false', 'true', 'false']);
});

it('an edited document brings the initial values of its variables, and takes back none that a step has set', async () => {
  const { session } = open({
    echo: part('text', { text: '{{ variables.tab }} {{ variables.seen }}' }),
    see: part('button', {}, { on: { onClick: [{ do: 'setVariable', name: 'seen', value: 'yes' }] } }),
  });
  const shown = async (variables: AppPages['variables']) => {
    session.update({ ...session.pages(), variables }, {});
    await settle();
    return session.component('echo')?.props.text;
  };
  await settle();
  await session.fire('see', 'onClick');
  expect(await shown({ tab: 'closed', seen: 'no' })).toBe('closed yes');
  // One that is removed is gone, and another of its name begins anew.
  session.update({ ...session.pages(), variables: { tab: 'closed' } }, {});
  expect(await shown({ tab: 'closed', seen: 'no' })).toBe('closed no');
});

it('what is wrong with a step is told, and not of another that stands in its place later', async () => {
  const press = (...messages: string[]) =>
    part(
      'button',
      {},
      { on: { onClick: messages.map((message) => ({ do: 'notify', message, tone: 'ok' })) } },
    );
  const { session } = open({ go: press('{{ nothing.here }}') });
  const told = async (...messages: string[]) => {
    const main = { ...session.pages().pages.main, components: { go: press(...messages) } };
    session.update({ ...session.pages(), pages: { main } } as unknown as AppPages, {});
    await settle();
    return session.store.read('b:on:go:onClick:0:message');
  };
  const wrong = { error: expect.stringContaining('“nothing” does not exist') };
  expect(await told('{{ nothing.here }}')).toEqual(wrong);
  expect(await told('{{ variables.tab }}')).toEqual({ value: null });
  expect(await told('{{ nothing.here }}')).toEqual(wrong);
  expect(await told()).toBeUndefined();
  expect(await told('{{ variables.tab }}')).toBeUndefined();
});

it('a table has what is no object as a value, and the same list as the same rows', async () => {
  const data = [1, null, ['a'], { id: 2 }];
  const { session } = open({ t: part('table', { data }) });
  await settle();
  const { rows } = session.component('t')!.exposed;
  expect(rows).toEqual([{ value: 1 }, { value: null }, { value: ['a'] }, { id: 2 }]);
  const { pages, ...rest } = session.pages();
  const show = (props: object) =>
    session.update(
      { ...rest, pages: { ...pages, main: page({ t: part('table', props) }) } } as unknown as AppPages,
      {},
    );
  show({ data, title: 'Named' });
  expect(session.component('t')?.props.title).toBe('Named');
  expect(session.component('t')?.exposed.rows).toBe(rows);
  const objects = [{ id: 1 }];
  show({ data: objects });
  expect(session.component('t')?.exposed.rows).toBe(objects);
});

it('an edited document shows nothing of a query that was removed in another of its name', async () => {
  const { session } = open({ t: part('table', { query: 'q' }) }, { q: query() }, async () =>
    answerOf([{ of: 'the first' }]),
  );
  await settle();
  await session.runQuery('q');
  session.update(session.pages(), {});
  session.update(session.pages(), { q: query() });
  await settle();
  expect(session.query('q')).toMatchObject({ data: null, lastRunAt: null });
  expect(session.component('t')?.exposed.rows).toEqual([]);
});

it('R8 a document that is bound as it came has every digit of its numbers', async () => {
  const rows = parseAnswer('[{"doc":{"id":9007199254740993,"in":[0.12345678901234567890]}}]');
  const bound = (name: string, expression: string) => argument(name, expression, { type: 'json' });
  const { session, runs } = open(
    { shown: part('text', { text: '{{ list.data[0].doc }}' }) },
    {
      list: query({ run: 'auto' }),
      save: query({
        effect: 'write',
        arguments: [bound('doc', 'list.data[0].doc'), bound('inner', 'list.data[0].doc.in')],
      }),
    },
    async () => answerOf(rows as RunAnswer['rows']),
  );
  await settle();
  expect(session.component('shown')?.props.text).toBe(
    '{"id":9007199254740993,"in":[0.12345678901234567890]}',
  );
  await session.runQuery('save');
  expect(jsonText(runs.at(-1)?.arguments)).toBe(
    '{"doc":{"id":9007199254740993,"in":[0.12345678901234567890]},"inner":[0.12345678901234567890]}',
  );
});

it('an edit draws again only what it changed: not what made room, nor the other inputs', async () => {
  const { session } = open({
    name: part('textInput', { label: 'Name', required: true }),
    moved: part('select', { label: 'Moved', options: ['a', 'b'] }),
    renamed: part('numberInput', { label: 'Before' }),
  });
  await settle();
  const { pages, ...rest } = session.pages();
  const { renamed, moved, ...others } = pages.main!.components;
  const drawn: string[] = [];
  for (const id of ['name', 'moved', 'renamed']) session.store.subscribe(`c:${id}`, () => drawn.push(id));
  const components = {
    ...others,
    moved: { ...moved!, layout: { ...moved!.layout, y: 9 } },
    renamed: { ...renamed!, props: { label: 'After' } },
  };
  session.update({ ...rest, pages: { ...pages, main: { ...pages.main!, components } } }, {});
  await settle();
  expect([...new Set(drawn)]).toEqual(['renamed']);
  expect(session.component('renamed')?.props.label).toBe('After');
});
