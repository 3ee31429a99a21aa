import { expect, it } from 'vitest';
import { open, page, part, query, settle } from '../../../test/open-session.ts';
import { failingExpressions } from './failing-expressions.ts';

const notify = (message: string) => ({ do: 'notify', message, tone: 'ok' });

it('tells of every page which expressions fail, and of none that waits for its rows', async () => {
  const queries = { list: query() };
  const { session } = open(
    {
      note: part('text', { text: '{{ nothing.here }}' }),
      save: part(
        'button',
        { label: '{{ list.data.length }}' },
        { on: { onClick: [notify('{{ nothing.x }}')] } },
      ),
      most: part('statistic', { value: '{{ Math.max(...list.data) }}' }),
    },
    queries,
    undefined,
    {},
    page({ far: part('text', { text: '{{ list.dat }}' }) }, { onLoad: [notify('{{ list.dat }}')] }),
  );
  await settle();
  const failing = failingExpressions(session.store, session.pages(), queries);
  expect(failing.map(({ place }) => place)).toEqual([
    'note.text',
    'save.onClick',
    'far.text',
    'other.onLoad',
  ]);
  expect(failing[0]?.error).toContain('“nothing” does not exist');
});
