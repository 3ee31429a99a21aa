import { expect, it } from 'vitest';
import type { AppId } from '../../kernel/ids.ts';
import { type DraftContent, emptyPages, mayRun, releaseHash } from './app.ts';
import { sparsePages } from './save-pages.ts';

it('A8 a superseded release runs for an hour, a rolled-back one no more', () => {
  const at = Date.UTC(2026, 10, 26);
  const after = (ms: number) => mayRun({ supersededAt: new Date(at), withdrawn: false }, at + ms);
  expect(mayRun({ supersededAt: null, withdrawn: false }, at)).toBe(true);
  expect([after(0), after(3_599_999), after(3_600_000)]).toEqual([true, true, false]);
  expect(mayRun({ supersededAt: null, withdrawn: true }, at)).toBe(false);
});

it('Q9 a release is another by anything that it pins', () => {
  const app = 'a' as AppId;
  const pages = emptyPages('Desk');
  const one = { document: { confirm: 'Sure?' }, compiled: { hash: 'x' } };
  const content = (more: object = {}): DraftContent =>
    ({ pages, queries: { one }, ...more }) as unknown as DraftContent;
  const others = [
    releaseHash('b' as AppId, content()),
    releaseHash(app, content({ queries: {} })),
    releaseHash(app, content({ queries: { two: one } })),
    releaseHash(app, content({ queries: { one: { ...one, compiled: { hash: 'y' } } } })),
    releaseHash(app, content({ queries: { one: { ...one, document: { confirm: null } } } })),
    releaseHash(app, content({ pages: { ...pages, home: 'other' } })),
    releaseHash(app, content({ pages: { ...pages, variables: { n: 1 } } })),
    releaseHash(
      app,
      content({ pages: { ...pages, pages: { home: { ...pages.pages.home, title: 'Other' } } } }),
    ),
  ];
  expect(releaseHash(app, content())).toBe(releaseHash(app, structuredClone(content())));
  expect(new Set([releaseHash(app, content()), ...others]).size).toBe(others.length + 1);
});

it('A9 a default that is written out makes no other release than one that is left away', () => {
  const chart = (props: object, on: object) => ({
    home: 'home',
    variables: {},
    pages: {
      home: {
        title: 'Home',
        order: 'a0',
        onLoad: [],
        components: {
          chart: { type: 'chart', order: 'a0', layout: { x: 0, y: 0, w: 6, h: 12 }, props, on },
        },
      },
    },
  });
  const written = sparsePages(chart({ type: 'bar', title: 'Delays' }, { onClick: [] }) as never);
  expect(written).toEqual(chart({ title: 'Delays' }, {}));
  expect(sparsePages(chart({ type: 'line', stacked: true }, {}) as never)).toEqual(
    chart({ type: 'line', stacked: true }, {}),
  );
});
