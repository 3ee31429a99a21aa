import { describe, expect, it } from 'vitest';
import { answerOf, argument, open, part, query, settle } from '../../../test/open-session.ts';

describe('a form', () => {
  const form = (submit: unknown[]) => ({
    f: part('form', { resetAfterSubmit: true }, { on: { onSubmit: submit } }),
    name: part('textInput', { required: true, label: 'Name' }, { parent: 'f' }),
    age: part('numberInput', { max: 120 }, { parent: 'f', order: 'b' }),
    row: part('text', { text: '{{ JSON.stringify(f.values) }} {{ f.valid }}' }),
  });
  it('validates, submits its values and resets', async () => {
    const { session, runs } = open(form([{ do: 'runQuery', query: 'save' }]), {
      save: query({ effect: 'write', arguments: [argument('name', 'f.values.name')] }),
    });
    await settle();
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(session.component('name')).toMatchObject({ touched: true, invalid: 'Name is required.' });
    session.change('name', 'Ada');
    session.change('age', 300);
    expect(await session.control('f', 'submit')).toBe('cancelled');
    session.change('age', 36);
    await settle();
    expect(session.component('row')?.props.text).toBe('{"name":"Ada","age":36} true');
    expect(await session.control('f', 'submit')).toBe('done');
    expect(runs[0]?.arguments).toEqual({ name: 'Ada' });
    expect(session.component('name')?.exposed.value).toBe('');
  });
  it('gives the keyboard to the first that is wrong, and is not sent twice', async () => {
    let answer = (): void => undefined;
    const { session, runs } = open(
      form([{ do: 'runQuery', query: 'save' }]),
      { save: query({ effect: 'write', arguments: [] }) },
      () => new Promise((resolve) => (answer = () => resolve(answerOf([])))),
    );
    const focused: string[] = [];
    session.onFocus((input) => focused.push(input) > 0);
    await settle();
    session.change('age', 300);
    await session.control('f', 'submit');
    session.change('name', 'Ada');
    await session.control('f', 'submit');
    expect(focused).toEqual(['name', 'age']);
    session.change('age', 36);
    const first = session.control('f', 'submit');
    await settle();
    expect(await session.control('f', 'submit')).toBe('cancelled');
    // What is typed while it is on its way is of the next.
    session.change('name', 'Bo');
    answer();
    expect(await first).toBe('done');
    expect(runs).toHaveLength(1);
    expect(['name', 'age'].map((id) => session.component(id)?.exposed.value)).toEqual(['Bo', null]);
  });
  it('has the inputs in it as they are read, box by box, and none of the page or of a form in it', async () => {
    const needed = { required: true };
    const { session } = open({
      f: part('form'),
      first: part('container', {}, { parent: 'f', order: 'a' }),
      second: part('container', {}, { parent: 'f', order: 'b' }),
      inSecond: part('textInput', needed, { parent: 'second', order: 'a' }),
      inFirst: part('textInput', needed, { parent: 'first', order: 'z' }),
      within: part('form', {}, { parent: 'f', order: 'c' }),
      ofWithin: part('textInput', needed, { parent: 'within' }),
      beside: part('textInput', needed),
    });
    const focused: string[] = [];
    session.onFocus((input) => focused.push(input) > 0);
    await settle();
    const form = () => session.component('f')?.exposed;
    expect(await session.control('f', 'submit')).toBe('cancelled');
    session.change('inFirst', 'one');
    expect([form()?.valid, form()?.values]).toEqual([false, { inFirst: 'one', inSecond: '' }]);
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(focused).toEqual(['inFirst', 'inSecond']);
    session.change('inSecond', 'two');
    expect(form()?.valid).toBe(true);
    expect(await session.control('f', 'submit')).toBe('done');
    expect(['ofWithin', 'beside'].map((id) => session.component(id)?.touched)).toEqual([false, false]);
  });
  it('starts over only when it says so, and was sent', async () => {
    const parts = form([{ do: 'runQuery', query: 'save' }]);
    const write = { save: query({ effect: 'write', arguments: [] }) };
    const stays = open({ ...parts, f: { ...parts.f, props: {} } }, write).session;
    const fails = open(parts, write, () => Promise.reject(new Error('away'))).session;
    await settle();
    for (const session of [stays, fails]) {
      // By a step, so that it is no edit, which would stay anyway.
      await session.control('name', 'setValue', 'Ada');
      await session.control('f', 'submit');
      expect(session.component('name')?.exposed.value).toBe('Ada');
      await session.control('f', 'reset');
      expect(session.component('name')?.exposed.value).toBe('');
      session.dispose();
    }
  });
  it.each(['disabled', 'hidden'])('waits for nothing that nobody can correct: %s', async (beyond) => {
    const parts = form([{ do: 'runQuery', query: 'save' }]);
    const name = part('textInput', { required: true, [beyond]: true }, { parent: 'f' });
    const { session, runs } = open({ ...parts, name }, { save: query({ effect: 'write', arguments: [] }) });
    await settle();
    expect(session.component('row')?.props.text).toBe('{"name":"","age":null} true');
    expect(await session.control('f', 'submit')).toBe('done');
    expect(runs).toHaveLength(1);
  });
});

it('an input does what a step asks of it, and says of anything else that it cannot', async () => {
  const { session } = open({
    name: part('textInput', { value: 'first', maxLength: 5 }),
    many: part('select', { multiple: true, options: ['a', 'b'] }),
  });
  const focused: string[] = [];
  session.onFocus((input) => focused.push(input) > 0);
  const value = (id: string) => session.component(id)?.exposed.value;
  await settle();
  expect(await session.control('name', 'setValue', 'too long')).toBe('done');
  expect(value('name')).toBe('too long');
  expect(await session.control('name', 'validate')).toBe('cancelled');
  expect(session.component('name')?.touched).toBe(true);
  await session.control('name', 'clearValue');
  expect(value('name')).toBe('');
  expect(await session.control('name', 'validate')).toBe('done');
  await session.control('name', 'resetValue');
  expect(value('name')).toBe('first');
  await session.control('name', 'focus');
  expect(focused).toEqual(['name']);
  // Each in its own kind: of several there is a list.
  await session.control('many', 'setValue', 'b');
  expect(value('many')).toEqual(['b']);
  await session.control('many', 'clearValue');
  expect(value('many')).toEqual([]);
  await expect(session.control('name', 'refresh')).rejects.toThrow('name cannot refresh.');
  await expect(session.control('gone', 'focus')).rejects.toThrow('Component “gone” does not exist.');
});

it('R5 an input that shows a row starts over when another row is chosen, even when both say the same', async () => {
  const { session } = open({
    t: part('table', { data: [] }),
    status: part('textInput', { value: '{{ t.selectedRow.status }}' }),
  });
  await settle();
  session.expose('t', { selectedRow: { id: 1, status: 'open' }, selectedKey: '1' });
  await settle();
  session.change('status', 'typed for row 1');
  session.expose('t', { selectedRow: { id: 2, status: 'open' }, selectedKey: '2' });
  await settle();
  expect(session.component('status')?.exposed.value).toBe('open');
});

describe('R5 the choices of a select that hang on another input', () => {
  const cities = { no: ['Oslo', 'Bergen'], se: ['Malmö'], dk: [] };
  const row = (country: string, city: string) => ({
    selectedRow: { id: country + city, country, city },
    selectedKey: country + city,
  });
  const start = async (city: object = {}) => {
    const { session } = open({
      t: part('table', { data: [] }),
      country: part('select', { options: ['no', 'se', 'dk'], value: '{{ t.selectedRow.country }}' }),
      city: part('select', { options: `{{ (${JSON.stringify(cities)})[country.value] }}`, ...city }),
    });
    await settle();
    const held = () => [
      session.component('city')?.exposed.value,
      session.component('city')?.aside.map((one) => one.label),
    ];
    const change = async (id: string, value: unknown) => {
      session.change(id, value);
      await settle();
    };
    return { session, held, change };
  };
  it('take out what is none of them, say so, and bring it back with its choice', async () => {
    const { held, change } = await start();
    await change('country', 'no');
    await change('city', 'Oslo');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('country', 'no');
    expect(held()).toEqual(['Oslo', []]);
    await change('country', 'dk');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('city', 'Malmö');
    expect(held()).toEqual(['Malmö', []]);
  });
  it('keep of several those that are among them', async () => {
    const { held, change } = await start({ multiple: true });
    await change('country', 'no');
    await change('city', ['Bergen', 'Oslo', 'Malmö']);
    await change('country', 'se');
    expect(held()).toEqual([['Malmö'], ['Bergen', 'Oslo']]);
  });
  it('take out what a query for another parent does not answer', async () => {
    const { session } = open(
      { country: part('textInput', { value: 'no' }), city: part('select', { options: '{{ list.data }}' }) },
      { list: query({ run: 'auto', arguments: [argument('country', 'country.value')] }) },
      async ({ arguments: { country } }) =>
        answerOf([{ value: 1, label: `Capital of ${country}` }].slice(country === 'no' ? 0 : 1)),
    );
    await settle();
    session.change('city', 1);
    session.change('country', 'se');
    await settle(250);
    expect(session.component('city')).toMatchObject({
      exposed: { value: null },
      aside: [{ label: 'Capital of no' }],
    });
  });
  it('R5 are waited for by what sends them: neither the old choice goes, nor one that nobody saw', async () => {
    let country = 0;
    let fail = false;
    const { session, runs, said } = open(
      {
        f: part('form', {}, { on: { onSubmit: [{ do: 'runQuery', query: 'save' }] } }),
        country: part('textInput', { value: 'no' }, { parent: 'f' }),
        city: part('select', { label: 'City', options: '{{ list.data }}' }, { parent: 'f' }),
        go: part('button', {}, { on: { onClick: [{ do: 'runQuery', query: 'save' }] } }),
      },
      {
        list: query({ run: 'auto', arguments: [argument('country', 'country.value')] }),
        save: query({
          effect: 'write',
          arguments: [
            argument('country', 'f.values.country'),
            argument('city', 'f.values.city', { nullable: true }),
          ],
        }),
      },
      async ({ query: name, arguments: { country: of } }) => {
        if (name === 'save') return answerOf([]);
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (fail) throw new Error('gone');
        country += 1;
        return answerOf([{ value: of === 'no' ? 'Oslo' : 'Malmö', label: 'x' }]);
      },
    );
    const saved = () => runs.filter((one) => one.query === 'save').map((one) => one.arguments);
    await settle(50);
    session.change('city', 'Oslo');
    for (const send of [() => session.control('f', 'submit'), () => session.fire('go', 'onClick')]) {
      session.change('country', 'se');
      expect(await send()).toBe('cancelled');
      expect(session.component('city')).toMatchObject({
        exposed: { value: null },
        aside: [{ value: 'Oslo' }],
      });
      session.change('country', 'no');
      expect(await send(), 'it came back, and is seen first').toBe('cancelled');
    }
    expect([saved(), country]).toEqual([[], 5]);
    expect(await session.control('f', 'submit')).toBe('done');
    expect(saved()).toEqual([{ country: 'no', city: 'Oslo' }]);
    fail = true;
    session.change('country', 'dk');
    expect(await session.control('f', 'submit')).toBe('cancelled');
    expect(said.at(-1)).toBe(
      'bad: The options of City could not be loaded. Nothing was sent. What you typed is kept.',
    );
    expect(saved()).toHaveLength(1);
    expect(session.component('f')).toMatchObject({ busy: 0 });
  });
  it('take out what a row has once a person chose another parent, and never before', async () => {
    const { session, held, change } = await start({ value: '{{ t.selectedRow.city }}' });
    const choose = async (country: string, city: string) => {
      session.expose('t', row(country, city));
      await settle();
    };
    await choose('no', 'Oslo');
    await choose('se', 'Oslo');
    expect(held()).toEqual(['Oslo', []]);
    await choose('no', 'Oslo');
    await change('country', 'se');
    expect(held()).toEqual([null, ['Oslo']]);
    await change('country', 'no');
    expect(held()).toEqual(['Oslo', []]);
    await change('country', 'se');
    await choose('dk', 'Nuuk');
    expect(held()).toEqual(['Nuuk', []]);
  });
});
