import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AppPages } from '@sallyport/contract';
import Fastify from 'fastify';
import { serveWebApp } from '../../server/src/platform/http/web-app.ts';
import { page300 } from './page300.ts';

const COLUMNS = 20;
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const release = { hash: 'a'.repeat(64), number: 1, publishedAt: new Date(0).toISOString() };
const appOf = (slug: string, n: number) => ({ id: id(n), name: slug, slug });

const tablePage = {
  home: 'main',
  variables: {},
  pages: {
    main: {
      title: 'Main',
      order: 'a',
      onLoad: [],
      components: {
        table1: {
          type: 'table',
          order: 'a',
          layout: { x: 0, y: 0, w: 12, h: 20 },
          props: { query: 'rows' },
          on: {},
        },
      },
    },
  },
} as unknown as AppPages;

function rowsAnswer(rows: number): string {
  const columns = Array.from({ length: COLUMNS }, (_, c) => ({
    name: `column_${c}`,
    engineType: c % 2 === 0 ? 'text' : 'int4',
    type: c % 2 === 0 ? 'text' : 'integer',
    nullable: false,
  }));
  const list = Array.from({ length: rows }, (_, r) =>
    JSON.stringify(
      Object.fromEntries(columns.map(({ name }, c) => [name, c % 2 === 0 ? `cell ${r} ${c}` : r * c])),
    ),
  );
  const end = { rows, changed: null, truncated: null, total: null, sourceMs: 1 };
  return `${JSON.stringify({ run: id(7), columns })}\n${list.join('\n')}\n${JSON.stringify({ run: id(7), end })}\n`;
}

export interface UiSite {
  readonly address: string;
  close(): Promise<void>;
}

/** The built web app as its server sends it, over fixed answers: what is measured is the browser's part alone. */
export async function openUiSite(tableRows: number): Promise<UiSite> {
  const app = Fastify();
  const answer = rowsAnswer(tableRows);
  const apps = [appOf('page300', 1), appOf('table', 2)];
  app.get('/v1/session', () => ({
    person: { id: id(3), name: 'Bench', email: 'bench@example.com' },
    organization: { id: id(4), name: 'Bench' },
    organizations: [],
    role: 'member',
    groups: [],
    attributes: {},
    permissions: ['app:list', 'app:open', 'query:run'],
    csrfToken: 'bench',
    secondFactor: false,
    sessionId: id(5),
  }));
  app.get('/v1/apps', () => ({ items: apps.map((one) => ({ ...one, release })) }));
  app.get<{ Params: { slug: string } }>('/v1/open/:slug', ({ params }) => {
    const table = params.slug === 'table';
    const query = {
      effect: 'read',
      arguments: [],
      result: null,
      windowed: false,
      key: [],
      run: 'auto',
      confirm: null,
    };
    return {
      app: table ? apps[1] : apps[0],
      release,
      pages: table ? tablePage : page300(),
      queries: table ? { rows: query } : {},
    };
  });
  app.post('/v1/runs', (_request, reply) => reply.type('application/x-ndjson').send(answer));
  await serveWebApp(app, fileURLToPath(new URL('../../web/dist', import.meta.url)));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => app.close() };
}
