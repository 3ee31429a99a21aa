import { expect, type Page, test } from '@playwright/test';
import { openSandboxSite, type SandboxSite } from './sandbox/sandbox-site.ts';
import { GLOBAL, isNothing, type Outcome, twin, waysOut } from './sandbox/ways-out.ts';

let site: SandboxSite;
test.beforeAll(async () => {
  site = await openSandboxSite();
});
test.afterAll(async () => site.close());

/** Opens a sandbox on the page over these bindings; `results` collects what comes back. */
async function open(
  page: Page,
  templates: Record<string, string>,
  slots: [string, string, unknown][] = [],
  address = '/sandbox',
): Promise<void> {
  await page.goto(site.address);
  await page.evaluate(
    ({ templates, slots, address }) => {
      const host = globalThis as unknown as {
        openSandbox: (address?: string) => unknown;
        sandbox: {
          define(definition: unknown): void;
          set(slots: unknown): void;
          listen(listener: unknown): void;
          evaluate(templates: string[]): Promise<unknown[]>;
        };
        results: Record<string, unknown>;
        order: string[];
      };
      host.results = {};
      host.order = [];
      host.sandbox = host.openSandbox(address) as typeof host.sandbox;
      host.sandbox.listen({
        results: (list: ({ id: string } & Record<string, unknown>)[]) => {
          for (const { id, ...outcome } of list) {
            host.results[id] = outcome;
            host.order.push(id);
          }
        },
        dependencies: () => undefined,
        failed: (reason: string) => {
          host.results.failed = reason;
        },
      });
      host.sandbox.set(slots);
      host.sandbox.define({
        roots: { variables: null, list: ['data'] },
        bindings: Object.entries(templates).map(([id, template]) => ({ id, template, group: 'page' })),
        active: ['page'],
      });
    },
    { templates, slots, address },
  );
}
const results = (page: Page): Promise<Record<string, Outcome>> =>
  page.evaluate(() => (globalThis as unknown as { results: Record<string, Outcome> }).results);
const evaluate = (page: Page, templates: string[]): Promise<Outcome[]> =>
  page.evaluate(
    (list) =>
      (globalThis as unknown as { sandbox: { evaluate(t: string[]): Promise<Outcome[]> } }).sandbox.evaluate(
        list,
      ),
    templates,
  );

test('expressions are evaluated, and a change evaluates what reads it', async ({ page }) => {
  await open(page, { a: '{{ variables.n + 1 }}', b: 'text' }, [['variables', 'n', 1]]);
  await expect.poll(() => results(page)).toEqual({ a: { value: 2 }, b: { value: 'text' } });
  await page.evaluate(() =>
    (globalThis as unknown as { sandbox: { set(s: unknown): void } }).sandbox.set([['variables', 'n', 41]]),
  );
  await expect.poll(async () => (await results(page)).a).toEqual({ value: 42 });
});

test('it writes and reads base64, of any text, and nobody changes how', async ({ page }) => {
  await open(page, {}, [['variables', 'key', 'app/日本 ü']]);
  const encoded = 'YXBwL+aXpeacrCDDvA==';
  const outcomes = await evaluate(page, [
    '{{ btoa("app/x") }}',
    '{{ btoa(String.fromCharCode(...new TextEncoder().encode(variables.key))) }}',
    `{{ new TextDecoder().decode(Uint8Array.from(atob("${encoded}"), (c) => c.charCodeAt(0))) }}`,
    '{{ [btoa, atob, TextEncoder, TextEncoder.prototype, TextDecoder.prototype].every(Object.isFrozen) }}',
  ]);
  expect(outcomes).toEqual([
    { value: 'YXBwL3g=' },
    { value: encoded },
    { value: 'app/日本 ü' },
    { value: true },
  ]);
});

test('asked for nothing, it answers when the results of what was changed have come', async ({ page }) => {
  await open(page, { a: '{{ variables.n + 1 }}' }, [['variables', 'n', 1]]);
  const after = await page.evaluate(async () => {
    const { sandbox, results } = globalThis as unknown as {
      sandbox: { set(slots: unknown): void; evaluate(templates: string[]): Promise<unknown> };
      results: Record<string, unknown>;
    };
    sandbox.set([['variables', 'n', 41]]);
    await sandbox.evaluate([]);
    return results.a;
  });
  expect(after).toEqual({ value: 42 });
});

test('what is asked of a frame that does not start is answered with that', async ({ page }) => {
  await page.clock.install();
  await open(page, { a: '{{ 1 }}' }, [], '/favicon.ico');
  const asked = evaluate(page, ['{{ 2 }}']);
  await page.clock.runFor(15_000);
  expect(await asked).toEqual([{ error: 'The expression sandbox did not start.' }]);
  expect(await evaluate(page, ['{{ 3 }}'])).toEqual(await asked);
  expect(await results(page)).toEqual({ failed: 'The expression sandbox did not start.' });
  const toldLate = await page.evaluate(() => {
    const { sandbox } = globalThis as unknown as { sandbox: { listen(listener: unknown): void } };
    const told: string[] = [];
    sandbox.listen({ failed: (reason: string) => told.push(reason) });
    return told;
  });
  expect(toldLate).toEqual(['The expression sandbox did not start.']);
});

test('opened early, it waits for what it is to evaluate, however long, and tells of nothing before', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(site.address);
  await page.evaluate(() => {
    const host = globalThis as unknown as { openSandbox(): unknown; sandbox: unknown; heard: string };
    globalThis.MessageChannel = class extends MessageChannel {
      constructor() {
        super();
        this.port1.addEventListener('message', ({ data }) => {
          host.heard = data.type;
        });
      }
    };
    host.sandbox = host.openSandbox();
  });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string }).heard);
  await expect.poll(heard).toBe('ready');
  await page.clock.runFor(20_000);
  await page.evaluate(() => {
    const host = globalThis as unknown as {
      sandbox: Record<'define' | 'set' | 'listen', (given: unknown) => void>;
      told: unknown[];
    };
    const { sandbox } = host;
    const told: unknown[] = [];
    host.told = told;
    sandbox.listen({
      results: (list: { id: string }[]) => told.push(...list.map(({ id }) => id)),
      dependencies: (next: object) => told.push(Object.keys(next)),
      failed: (reason: string) => told.push(reason),
    });
    sandbox.set([['variables', 'n', 41]]);
    sandbox.define({
      roots: { variables: null },
      bindings: [{ id: 'a', template: '{{ variables.n + 1 }}', group: 'page' }],
      active: ['page'],
    });
  });
  const told = () => page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
  await expect.poll(told).toEqual([['a'], 'a']);
});

test('the frame has an opaque origin and its own policy', async ({ page, request }) => {
  const answer = await request.get(`${site.address}/sandbox`);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy.replace(/'sha256-[^']{44}'/, "'sha256-…'").split('; ')).toEqual([
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'sha256-…' 'unsafe-eval'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ]);
  await open(page, { a: '{{ 1 }}' });
  await expect.poll(() => results(page)).toHaveProperty('a');
  const frame = page.frames().find((one) => one.url().endsWith('/sandbox'));
  expect(await frame?.evaluate(() => self.origin)).toBe('null');
  expect(await page.evaluate(() => document.querySelector('iframe')?.contentDocument ?? null)).toBe(null);
  // Neither has it an origin by the page's own word, should the policy be lost on the way.
  await open(page, { a: '{{ 1 }}' }, [], '/sandbox-without-policy');
  await expect.poll(() => results(page)).toHaveProperty('a');
  const bare = page.frames().find((one) => one.url().endsWith('/sandbox-without-policy'));
  expect(await bare?.evaluate(() => self.origin)).toBe('null');
});

test('nothing that reaches a network, a store, a clock or the page is left in the worker', async ({
  page,
}) => {
  await open(page, { a: '{{ 1 }}' });
  const names = [
    ...[
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'WebTransport',
      'EventSource',
      'importScripts',
      'indexedDB',
      'caches',
    ],
    ...[
      'Worker',
      'SharedWorker',
      'BroadcastChannel',
      'MessageChannel',
      'postMessage',
      'navigator',
      'location',
      'self',
    ],
    ...[
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'onmessage',
      'addEventListener',
      'crypto',
      'Request',
      'Response',
    ],
    ...[
      'SharedArrayBuffer',
      'Atomics',
      'WebAssembly',
      'Notification',
      'FileReader',
      'Blob',
      'URL',
      'console',
      'close',
      'eval',
    ],
    ...[
      'RTCPeerConnection',
      'PushManager',
      'OffscreenCanvas',
      'FontFace',
      'reportError',
      'scheduler',
      'trustedTypes',
    ],
  ];
  const outcomes = await evaluate(
    page,
    names.map((name) => `{{ typeof ${GLOBAL}.${name} }}`),
  );
  const left = names.filter((_, i) => outcomes[i]?.value !== 'undefined' && outcomes[i]?.error === undefined);
  expect(left).toEqual([]);
});

test('X9 no way out of the sandbox reaches a server', async ({ page }) => {
  await open(page, { a: '{{ 1 }}' });
  const ways = waysOut(site);
  const outcomes = await evaluate(
    page,
    ways.map((way) => `{{ ${way} }}`),
  );
  for (const [i, outcome] of outcomes.entries()) {
    expect(isNothing(outcome), `${ways[i]}: ${JSON.stringify(outcome)}`).toBe(true);
  }
  await page.waitForTimeout(500);
  expect(site.caught).toEqual([]);
  expect(site.strays).toEqual([]);
});

test('X9 the twin: without the policy of the frame, the same import does reach a server', async ({
  page,
}) => {
  await open(page, { a: '{{ 1 }}' }, [], '/sandbox-without-policy');
  await evaluate(page, [`{{ ${twin(site)} }}`]);
  await expect.poll(() => site.caught).toEqual(['GET /twin']);
});

test('X6 one expression cannot change what another one sees', async ({ page }) => {
  await open(page, { a: '{{ list.data.length }}' }, [['list', 'data', [3, 1, 2]]]);
  const attacks = [
    '[].constructor.prototype.map = () => "mine"',
    '(() => { [].constructor.prototype.map = () => "mine" })()',
    'Object.defineProperty(Object.prototype, "x", { value: 1 })',
    'Object.assign(Math, { max: () => 0 })',
    `(() => { ${GLOBAL}.JSON = null })()`,
    `Object.assign(${GLOBAL}, { Number: () => 0 })`,
    `Reflect.deleteProperty(${GLOBAL}, "parseInt")`,
    `Reflect.defineProperty(${GLOBAL}, "JSON", { value: null })`,
    `Reflect.set(${GLOBAL}, "left", "for another")`,
    'list.data.sort()',
    'list.data.push(4)',
    'Object.setPrototypeOf(Array.prototype, {})',
    '(0).constructor.constructor("Function.prototype.call = 1")()',
    'Object.assign(Object.getPrototypeOf([].values().map(x => x)), { next: () => ({ done: true }) })',
    'Object.assign(Object.getPrototypeOf(new URLSearchParams().entries()), { next: () => ({ done: true }) })',
  ];
  await evaluate(
    page,
    attacks.map((attack) => `{{ ${attack} }}`),
  );
  const after = await evaluate(page, [
    '{{ [1].map(x => x + 1) }}',
    '{{ ({}).x }}',
    '{{ Math.max(1, 2) }}',
    '{{ JSON.parse("[7]") }}',
    '{{ Number("8") }}',
    '{{ parseInt("9") }}',
    `{{ ${GLOBAL}.left }}`,
    // A path alone is named, and not copied.
    '{{ [...list.data] }}',
    '{{ list.data.toSorted() }}',
    '{{ [1].values().map(x => x + 1).toArray() }}',
    '{{ Object.fromEntries(new URLSearchParams("a=1").entries()) }}',
  ]);
  expect(after.map(({ value }) => value)).toEqual([
    [2],
    null,
    2,
    [7],
    8,
    9,
    null,
    [3, 1, 2],
    [1, 2, 3],
    [2],
    { a: '1' },
  ]);
});

test('X7 an endless expression is stopped at its field, and the others go on', async ({ page }) => {
  await open(
    page,
    {
      loop: '{{ (() => { while (true) {} })() }}',
      before: '{{ variables.n }}',
      after: '{{ variables.n * 2 }}',
    },
    [['variables', 'n', 4]],
  );
  await expect
    .poll(() => results(page), { timeout: 8_000 })
    .toEqual({
      loop: { error: expect.stringContaining('more than a second') },
      before: { value: 4 },
      after: { value: 8 },
    });
  await page.evaluate(() =>
    (globalThis as unknown as { sandbox: { set(s: unknown): void } }).sandbox.set([['variables', 'n', 5]]),
  );
  await expect.poll(async () => (await results(page)).after).toEqual({ value: 10 });
  // Changed, it runs again.
  await page.evaluate(() =>
    (globalThis as unknown as { sandbox: { define(d: unknown): void } }).sandbox.define({
      roots: { variables: null },
      bindings: [{ id: 'loop', template: '{{ variables.n * 3 }}', group: 'page' }],
      active: ['page'],
    }),
  );
  await expect.poll(async () => (await results(page)).loop).toEqual({ value: 15 });
});

test('an expression that becomes endless later is found among many', async ({ page }) => {
  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`b${i}`, `{{ variables.n + ${i} }}`]),
  );
  await open(page, { ...many, turns: '{{ (() => { while (variables.n > 5) {} return "fine" })() }}' }, [
    ['variables', 'n', 1],
  ]);
  await expect.poll(async () => (await results(page)).turns).toEqual({ value: 'fine' });
  await page.evaluate(() =>
    (globalThis as unknown as { sandbox: { set(s: unknown): void } }).sandbox.set([['variables', 'n', 6]]),
  );
  await expect
    .poll(async () => (await results(page)).turns, { timeout: 10_000 })
    .toEqual({ error: expect.stringContaining('more than a second') });
  await expect.poll(async () => (await results(page)).b199).toEqual({ value: 205 });
});

test('bombs end as errors at their field', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, {
    deep: '{{ (function f() { return f() })() }}',
    huge: '{{ "x".repeat(2 ** 28).length }}',
    wide: '{{ Array.from({ length: 3e6 }, (_, i) => i) }}',
    text: '{{ "x".repeat(40 * 1024 * 1024) }}',
    regex: '{{ /^(a+)+$/.test("a".repeat(40) + "b") }}',
    circle: '{{ (() => { const a = []; a.push(a); return a })() }}',
    memory: '{{ (() => { const a = []; while (true) a.push(new Array(1e6).fill(1)) })() }}',
    fine: '{{ 1 + 1 }}',
  });
  await expect.poll(async () => Object.keys(await results(page)).length, { timeout: 60_000 }).toBe(8);
  await expect.poll(async () => (await results(page)).fine, { timeout: 60_000 }).toEqual({ value: 2 });
  const all = await results(page);
  for (const id of ['deep', 'wide', 'text', 'regex', 'circle', 'memory'])
    expect(all[id], id).toHaveProperty('error');
  expect((await evaluate(page, ['{{ 6 * 7 }}']))[0]).toEqual({ value: 42 });
});

test('an endless expression asked on demand answers with an error, and the next one works', async ({
  page,
}) => {
  await open(page, { a: '{{ 1 }}' });
  const [outcome] = await evaluate(page, ['{{ (() => { for (;;) {} })() }}']);
  expect(outcome?.error).toContain('more than a second');
  expect(await evaluate(page, ['{{ 2 }}'])).toEqual([{ value: 2 }]);
});

test('a promise that never lets go does not keep the sandbox', async ({ page }) => {
  await open(page, { a: '{{ 1 }}' });
  await expect.poll(() => results(page)).toHaveProperty('a');
  // Microtasks after an evaluation can spin too: the worker is then silent, and replaced.
  const [first] = await evaluate(page, [
    '{{ ((f) => f(f))((f) => Promise.resolve().then(() => f(f))) && 1 }}',
  ]);
  expect(first).toBeDefined();
  await expect
    .poll(async () => (await evaluate(page, ['{{ 2 }}']))[0], { timeout: 10_000 })
    .toEqual({ value: 2 });
});
