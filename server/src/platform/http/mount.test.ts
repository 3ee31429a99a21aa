import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { contract, type Route, routes } from '@sallyport/contract';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { personCall } from '../../../test/person-call.ts';
import { newId } from '../../kernel/ids.ts';
import { openLog } from '../log/log.ts';
import type { Binding } from './binding.ts';
import { handle } from './binding.ts';
import { assertDeclared, type MountDeps, mount } from './mount.ts';
import { refuse } from './refusals.ts';
import { createHttpServer } from './server.ts';

const known = {
  actions: new Set(routes.map((route) => route.permission)),
  events: new Set(routes.map((route) => route.audit).filter((event) => event !== null)),
};
const base = routes.find((route) => route.operationId === 'connectSource')!;

describe('H1 every route declares its permission and its event, or the server does not boot', () => {
  it('holds for the whole contract', () => {
    for (const route of routes) expect(() => assertDeclared(route, known)).not.toThrow();
  });
  it.each([
    ['no permission', { ...base, permission: '' as never }],
    ['a permission that no context defines', { ...base, permission: 'source:typo' as const }],
    ['a change without an event', { ...base, audit: null }],
    ['an event that no context defines', { ...base, audit: 'sources.typo' }],
  ])('refuses %s', (_what, route) => {
    expect(() => assertDeclared(route, known)).toThrow(base.operationId);
  });
});

describe('H1 what is mounted', () => {
  const route = contract.system.installDemo;
  const { actor } = personCall(newId());
  const deps: MountDeps = {
    ...known,
    origin: 'http://here.example',
    authenticate: ({ token }) => (token === 'good' ? { actor, csrfToken: 'of this session' } : undefined),
    decide: () => ({ allowed: true, policies: ['a.policy'] }),
    recordRefusal: async (_call, _route, refusal) => refusal,
    onRevoked: () => () => undefined,
    idempotency: {
      once: (_request, _route, _call, serve) => serve(),
      sweep: async () => undefined,
      close: () => undefined,
    },
  };
  let app: FastifyInstance | undefined;
  const mounted = async (
    list: readonly Route[],
    bindings: readonly Binding[],
    more: Partial<MountDeps> = {},
  ) => {
    app = await createHttpServer({
      log: openLog('error', { write: () => undefined }) as unknown as FastifyBaseLogger,
      tls: null,
      trustedProxies: [],
      publicPerMinute: 10,
    });
    mount(app, list, bindings, { ...deps, ...more });
    return app;
  };
  const headers = {
    origin: 'http://here.example',
    cookie: '__Host-sallyport=good',
    'x-csrf-token': 'of this session',
  };
  const ask = (on: FastifyInstance, more: Record<string, string> = {}, body?: string) =>
    on.inject({
      method: 'POST',
      url: route.path,
      headers: { ...headers, ...more },
      ...(body === undefined ? {} : { body }),
    });
  const recording = (answer: unknown) =>
    handle(route, async (call) => {
      call.recorded.set('demo.installed', 'with a change');
      return answer as { slug: string };
    });
  afterEach(() => app?.close());

  it('is every operation of the contract, with what it declares, and no other', async () => {
    const binding = recording({ slug: 'x' });
    await expect(mounted([route], [])).rejects.toThrow('No context serves installDemo');
    await expect(mounted([], [binding])).rejects.toThrow('the contract does not have');
    const silent = { ...route, audit: null } as Route;
    await expect(mounted([silent], [{ ...binding, route: silent }])).rejects.toThrow('records nothing');
  });
  it('answers when it recorded what it declares, and is a fault when it did not', async () => {
    expect((await ask(await mounted([route], [recording({ slug: 'x' })]))).json()).toEqual({ slug: 'x' });
    const quiet = handle(route, async () => ({ slug: 'x' }));
    const answer = await ask(await mounted([route], [quiet]));
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'fault']);
  });
  it('lets nothing out that its answer does not declare', async () => {
    const answer = await ask(await mounted([route], [recording({ slug: 'x', password: 'canary' })]));
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'fault']);
    expect(answer.body).not.toContain('canary');
  });
  it('puts on the record who was refused, and who would change what is not there', async () => {
    const told: string[] = [];
    const recordRefusal: MountDeps['recordRefusal'] = async (_call, { method }, refusal) => {
      told.push(`${method} ${refusal.code}`);
      return refusal;
    };
    const looking = { ...route, method: 'GET', audit: null } as const;
    for (const one of [route, looking] as Route[])
      for (const code of ['permission_denied', 'route_not_found'] as const) {
        const refusing = handle(one, async () => {
          throw refuse(code);
        });
        const on = await mounted([one], [refusing], { recordRefusal });
        expect((await on.inject({ method: one.method as 'GET', url: route.path, headers })).json().code).toBe(
          code,
        );
      }
    const denied = { recordRefusal, decide: () => ({ allowed: false, policies: [] }) };
    const answer = await ask(await mounted([route], [recording({ slug: 'x' })], denied));
    expect(answer.json().code).toBe('permission_denied');
    expect(told).toEqual([
      'POST permission_denied',
      'POST route_not_found',
      'GET permission_denied',
      'POST permission_denied',
    ]);
  });
  it('tells nobody that nothing was changed when the database was lost after it was', async () => {
    const lost = (recorded: 'with a change' | 'by itself') =>
      handle(route, async (call) => {
        call.recorded.set('demo.installed', recorded);
        throw Object.assign(new Error('lost'), { code: '08006' });
      });
    for (const [recorded, code] of [
      ['with a change', 'database_outcome_unknown'],
      ['by itself', 'database_unavailable'],
    ] as const)
      expect((await ask(await mounted([route], [lost(recorded)]))).json().code).toBe(code);
  });
  it('takes nothing that it does not declare', async () => {
    const on = await mounted([route], [recording({ slug: 'x' })]);
    const json = { 'content-type': 'application/json' };
    for (const body of ['{"role":"owner"}', '[]', '"x"'])
      expect((await ask(on, json, body)).json().code, body).toBe('input_invalid');
    const url = `${route.path}?role=owner`;
    expect((await on.inject({ method: 'POST', url, headers })).json().code).toBe('input_invalid');
  });
  it('says which methods an address takes, and of a GET that records nothing what its head is', async () => {
    const looking = { ...route, operationId: 'looking', method: 'GET', status: 200, audit: null } as const;
    const exporting = {
      ...looking,
      operationId: 'exporting',
      path: '/v1/export',
      audit: 'audit.exported',
    } as const;
    const on = await mounted(
      [route, looking, exporting] as Route[],
      [route, looking, exporting].map((one) => handle(one as Route, recording({ slug: 'x' }).serve as never)),
    );
    const askBy = async (method: 'HEAD' | 'PATCH' | 'OPTIONS', url: string) => {
      const answer = await on.inject({ method, url, headers: { cookie: headers.cookie } });
      return [answer.statusCode, answer.headers.allow];
    };
    expect(await askBy('PATCH', route.path)).toEqual([405, 'POST, GET, HEAD']);
    expect(await askBy('OPTIONS', route.path)).toEqual([405, 'POST, GET, HEAD']);
    expect(await askBy('HEAD', route.path)).toEqual([200, undefined]);
    expect(await askBy('HEAD', exporting.path)).toEqual([405, 'GET']);
    expect(await askBy('PATCH', '/v1/nothing')).toEqual([404, undefined]);
  });
  it('knows a token by a scheme of any case, and says how one proves who one is', async () => {
    const looking = { ...route, method: 'GET', status: 200, audit: null } as const;
    const token = 'good'.padEnd(20, '.');
    const on = await mounted([looking as Route], [handle(looking, async () => ({ slug: 'x' }))], {
      authenticate: (given) => (given.token === token ? { actor, csrfToken: null } : undefined),
    });
    const statuses = ['Bearer', 'bearer', 'BEARER ', 'Basic'].map(async (scheme) => {
      const answer = await on.inject({ url: route.path, headers: { authorization: `${scheme} ${token}` } });
      return [answer.statusCode, answer.headers['www-authenticate']];
    });
    expect(await Promise.all(statuses)).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
      [401, 'Bearer'],
    ]);
  });
  it('says nothing of a fault but that there was one', async () => {
    const broken = handle(route, async () => {
      throw Object.assign(new Error('canary at postgres://u:canary@db'), { detail: 'canary' });
    });
    const answer = await ask(await mounted([route], [broken]));
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'fault']);
    expect(answer.body).not.toContain('canary');
  });
  it('is counted by address where nobody has to be signed in, and takes no more than it says', async () => {
    const open = handle(
      { ...route, permission: 'public', bodyLimit: 100 },
      recording({ slug: 'x' }).serve as never,
    );
    const on = await mounted([open.route], [open]);
    const large = await ask(on, { 'content-type': 'application/json' }, '"'.padEnd(101));
    expect(large.json().code).toBe('body_too_large');
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await ask(on)).statusCode);
    expect(statuses.slice(-3)).toEqual([201, 429, 429]);
  });
  it.each([
    [{ origin: 'http://here.example.evil.example' }, 'origin_refused'],
    [{ origin: 'null' }, 'origin_refused'],
    [{ 'x-csrf-token': '' }, 'csrf_refused'],
    [{ 'x-csrf-token': 'of that session' }, 'csrf_refused'],
  ])('is not asked from elsewhere: %j', async (more, code) => {
    expect((await ask(await mounted([route], [recording({ slug: 'x' })]), more)).json().code).toBe(code);
  });
  it('tells whoever opened it by another name, such as localhost, where it is', async () => {
    const open = handle({ ...route, permission: 'public' }, recording({ slug: 'x' }).serve as never);
    const answer = await ask(await mounted([open.route], [open]), { origin: 'http://localhost:4400' });
    expect([answer.json().code, answer.json().next]).toEqual([
      'origin_refused',
      'Use the web app at its own address, http://here.example.',
    ]);
  });
  it.each([
    ['sign_in_required', undefined],
    ['permission_denied', { actor: { ...actor, role: 'member' }, csrfToken: 'of this session' }],
  ] as const)('asks again of a body that came long after its head: %s', async (code, found) => {
    let admitted = false;
    let asked = false;
    const binding = handle(route, async () => {
      asked = true;
      return { slug: 'x' };
    });
    const on = await mounted([route], [binding], {
      authenticate: () => (admitted ? found : { actor, csrfToken: 'of this session' }),
      decide: ({ role }) => {
        admitted = true;
        return { allowed: role === actor.role, policies: [] };
      },
    });
    async function* late() {
      yield '{';
      await vi.waitUntil(() => admitted);
      // Longer than a body may be behind its head without another question.
      await new Promise((resolve) => setTimeout(resolve, 150));
      yield '}';
    }
    const json = { ...headers, 'content-type': 'application/json' };
    const payload = Readable.from(late());
    const answer = await on.inject({ method: 'POST', url: route.path, headers: json, payload });
    expect([answer.json().code, asked]).toEqual([code, false]);
  });
  it('is told of a client that left before it asked', async () => {
    const told = Promise.withResolvers<unknown>();
    const slow = handle(route, async (call, _input, wire) => {
      leave();
      await expect.poll(() => promisify(on.server.getConnections.bind(on.server))()).toBe(0);
      told.resolve(wire.signal.reason);
      call.recorded.set('demo.installed', 'by itself');
      return { slug: 'x' };
    });
    const on = await mounted([route], [slow]);
    await on.listen({ port: 0, host: '127.0.0.1' });
    const { port } = on.server.address() as AddressInfo;
    const client = request({ port, method: 'POST', path: route.path, headers });
    const leave = () => client.destroy();
    client.on('error', () => undefined).end();
    expect(await told.promise).toBe('client-left');
  });
  it('is not asked for whom nobody knows', async () => {
    let asked = false;
    const on = await mounted(
      [route],
      [
        handle(route, async () => {
          asked = true;
          return { slug: 'x' };
        }),
      ],
    );
    for (const cookie of ['', '__Host-sallyport=bad', '__Host-sallyport=good; __Host-sallyport=good'])
      expect((await ask(on, { cookie })).json().code).toBe('sign_in_required');
    expect(asked).toBe(false);
  });
});
