import type { AppPages, Component, Draft, Handler } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { usesOfQuery } from './uses-of-query.ts';

const part = (type: Component['type'], more: Partial<Component>): Component => ({
  type,
  order: 'a0',
  layout: { x: 0, y: 0, w: 4, h: 3 },
  props: {},
  on: {},
  ...more,
});
const run = (query: string, onSuccess?: Handler[]): Handler => ({
  do: 'runQuery',
  query,
  ...(onSuccess && { onSuccess }),
});
const query = (document: object) => ({ document }) as unknown as Draft['queries'][string];

it('names all that a removed query would be missing from: pages, components and other queries', () => {
  const components = {
    list: part('table', { props: { query: 'orders' } }),
    total: part('statistic', { props: { value: '{{ orders.data.length }}' } }),
    send: part('button', { on: { onClick: [run('ship', [run('orders')])] } }),
    other: part('text', { props: { text: 'orders {{ ({ orders: 1 }).orders }}' } }),
  };
  const pages: AppPages = {
    home: 'p',
    pages: { p: { title: 'Desk', order: 'a0', components, onLoad: [run('orders')] } },
    variables: {},
  };
  const queries = {
    orders: query({ text: 'select {{ orders.lastRunAt }}' }),
    lines: query({ text: 'select * from lines where id = any({{ orders.data.map((one) => one.id) }})' }),
    ship: query({ text: 'select 1', confirm: 'All {{ orders.total }}?' }),
    stock: query({ text: 'select * from orders' }),
  };
  const uses = ['page Desk', 'list', 'total', 'send', 'lines', 'ship'];
  expect(usesOfQuery(pages, queries, 'orders')).toEqual(uses);
});
