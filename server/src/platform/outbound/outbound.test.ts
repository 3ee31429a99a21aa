import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addressClass } from './address-class.ts';
import { connectPinned } from './connect-pinned.ts';
import { createOutbound, type OutboundOptions } from './outbound.ts';

let trap: Server;
let trapPort: number;
let reached = 0;

beforeAll(async () => {
  trap = createServer((socket) => {
    reached += 1;
    socket.end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '0.0.0.0', resolve));
  trapPort = (trap.address() as AddressInfo).port;
});
afterAll(() => void trap.close());
afterEach(() => vi.restoreAllMocks());

function guard(more: Partial<OutboundOptions> = {}) {
  return createOutbound({
    rules: { allow: [], deny: [] },
    own: () => [],
    listensOnLoopbackOnly: () => true,
    connectTimeoutMs: 500,
    ...more,
  });
}

const NEVER = [
  '169.254.169.254',
  '169.254.1.1',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
  'fe80::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::',
  '0.0.0.0',
  '::',
  '224.0.0.1',
  'ff02::1',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.0.192',
  'fec0::1',
  '2001::1',
  '100::1',
  '1fff::1',
  '4000::1',
  '::1:7f00:1',
  'fe00::1',
];

describe('E1 classes that are never reached', () => {
  it.each(NEVER)('%s is refused, also when configuration allows it', async (address) => {
    for (const rules of [
      { allow: [], deny: [] },
      { allow: ['0.0.0.0/0', '::/0'], deny: [] },
    ]) {
      const decision = await guard({ rules }).decide(address, 80);
      expect(decision).toMatchObject({ allowed: false, rule: expect.stringMatching(/^E1 /) });
    }
  });

  it.each([
    '169.254.169.254',
    '169.254.169.253',
    '169.254.170.2',
    '169.254.170.23',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    '::ffff:169.254.169.254',
    '::ffff:0:a9fe:a9fe',
    '::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    'fd00:ec2::254%lo',
    '::ffff:169.254.169.254%lo',
  ])('%s is what gives a machine its credentials, in every form', async (address) => {
    expect((await guard().decide(address, 80)).rule).toBe('E1 metadata-refused');
  });

  it.each(['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '[::]', '0'])(
    'the encoding %s is judged by the address that it means',
    async (host) => {
      const decision = await guard({ listensOnLoopbackOnly: () => false }).decide(host, 80);
      expect(decision.allowed).toBe(false);
    },
  );
});

describe('what a resolver answers', () => {
  it.each(['127.1', '0x7f.1', '0177.0.0.1', '2130706433', 'localhost', ''])(
    'that is no address in its one form is nowhere to go: %j',
    async (answer) => {
      const decision = await guard({ resolve: async () => [answer] }).decide('db.example', 80);
      expect(decision).toMatchObject({ allowed: false, rule: 'E1 reserved-refused' });
    },
  );

  it('of our own names is asked again in time, and believed on while it is not answered', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    let mine = ['10.1.2.3'];
    const outbound = guard({
      resolve: async () => (mine.length === 0 ? Promise.reject(new Error('away')) : mine),
      own: () => [{ what: 'database', host: 'db.internal', port: 5432 }],
    });
    const ruleOf = async (address: string) => (await outbound.decide(address, 5432)).rule;
    expect(await ruleOf('10.1.2.3')).toBe('E2 own-database-refused');
    mine = ['10.1.2.4'];
    now = 31_000;
    expect(await ruleOf('10.1.2.4')).toBe('E2 own-database-refused');
    mine = [];
    now = 62_000;
    expect(await ruleOf('10.1.2.4')).toBe('E2 own-database-refused');
  });
});

describe('E2 our own addresses', () => {
  it('a port that we listen on is refused on this machine alone', async () => {
    for (const host of ['0.0.0.0', '::', '127.0.0.1']) {
      const outbound = guard({ own: () => [{ what: 'listener', host, port: 443 }] });
      expect((await outbound.decide('93.184.216.34', 443)).rule, host).toBe('E6 public-allowed');
      expect((await outbound.decide('127.0.0.1', 443)).rule, host).toBe('E2 own-listener-refused');
    }
  });
  it('a listener is refused on every address of this machine', async () => {
    const outbound = guard({ own: () => [{ what: 'listener', host: '0.0.0.0', port: trapPort }] });
    const mine = Object.values(networkInterfaces()).flatMap((list) => list?.map((one) => one.address) ?? []);
    for (const address of [
      ...mine,
      '127.0.0.1',
      '127.9.9.9',
      '::1',
      '::ffff:127.0.0.1',
      '::7f00:1',
      'localhost',
    ]) {
      const kind = address === 'localhost' ? 'loopback' : addressClass(address);
      if (kind === 'link-local') continue;
      const rule = kind === 'special' ? 'E1 reserved-refused' : 'E2 own-listener-refused';
      const decision = await outbound.decide(address, trapPort);
      expect(decision, address).toMatchObject({ allowed: false, rule });
      await expect(outbound.dial(address, trapPort)).rejects.toMatchObject({
        code: 'egress_refused',
        detail: `${decision.reason} Rule: ${rule}.`,
      });
    }
    expect(reached).toBe(0);
  });

  it('our database is refused by name and by address, and its neighbour is not', async () => {
    const ours = ['fd12::3', '10.1.2.3'];
    const resolve = async (name: string) => (name === 'db.internal' ? ours : ['10.9.9.9']);
    const outbound = guard({ resolve, own: () => [{ what: 'database', host: 'db.internal', port: 5432 }] });
    expect((await outbound.decide('db.internal', 5432)).rule).toBe('E2 own-database-refused');
    for (const one of [...ours, 'fd12::3%lo'])
      expect((await outbound.decide(one, 5432)).rule, one).toBe('E2 own-database-refused');
    expect((await outbound.decide('10.1.2.3', 5433)).allowed).toBe(true);
    expect((await outbound.decide('other.internal', 5432)).allowed).toBe(true);
    expect((await outbound.decide('127.0.0.1', 5432)).allowed).toBe(true);
  });

  it('our database is refused at an IPv6 address in brackets, as its URL has it', async () => {
    const resolve = () => Promise.reject(new Error('no name'));
    const outbound = guard({ resolve, own: () => [{ what: 'database', host: '[fd12::3]', port: 5432 }] });
    expect((await outbound.decide('fd12::3', 5432)).rule).toBe('E2 own-database-refused');
  });
});

describe('E3 to E6', () => {
  it('E4 what configuration says of this machine is the rule that is shown', async () => {
    const rules = { allow: [], deny: [] };
    const told = guard({ rules: { ...rules, loopback: 'allow' }, listensOnLoopbackOnly: () => false });
    expect(await told.decide('127.0.0.1', 5432)).toMatchObject({
      allowed: true,
      rule: 'E4 loopback-allowed-by-configuration',
    });
    const shut = guard({ rules: { ...rules, loopback: 'refuse' }, listensOnLoopbackOnly: () => true });
    expect(await shut.decide('127.0.0.1', 5432)).toMatchObject({
      allowed: false,
      rule: 'E4 loopback-refused-by-configuration',
    });
    const both = guard({ rules: { allow: ['127.0.0.0/8'], deny: [], loopback: 'refuse' } });
    expect((await both.decide('127.0.0.1', 5432)).rule).toBe('E4 loopback-refused-by-configuration');
  });
  it('E4 loopback is allowed while the server listens on loopback only, and not otherwise', async () => {
    expect(await guard().decide('127.0.0.1', 5432)).toMatchObject({
      allowed: true,
      rule: 'E4 loopback-allowed-listening-on-loopback',
      address: '127.0.0.1',
    });
    expect((await guard().decide('[::1]', 5432)).address).toBe('::1');
    const open = guard({ listensOnLoopbackOnly: () => false });
    expect(await open.decide('localhost', 5432)).toMatchObject({
      allowed: false,
      rule: 'E4 loopback-refused',
    });
    const configured = guard({
      listensOnLoopbackOnly: () => false,
      rules: { allow: ['127.0.0.0/8'], deny: [] },
    });
    expect((await configured.decide('127.0.0.1', 5432)).rule).toBe('E4 loopback-allowed-by-configuration');
    const elsewhere = guard({ rules: { allow: ['10.0.0.0/8'], deny: [] } });
    expect((await elsewhere.decide('127.0.0.1', 5432)).rule).toBe('E4 loopback-refused-by-configuration');
  });

  it('E5 private ranges are open to sources, and narrowed by configuration', async () => {
    for (const address of ['10.0.0.5', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd12::1']) {
      expect((await guard().decide(address, 5432)).rule).toBe('E5 private-allowed-admin-made');
    }
    const narrowed = guard({ rules: { allow: ['10.0.0.0/24'], deny: ['10.0.0.9', 'fd00::/8'] } });
    expect((await narrowed.decide('10.0.0.5', 5432)).rule).toBe('E5 private-allowed-by-configuration');
    expect((await narrowed.decide('10.0.1.5', 5432)).rule).toBe('E5 private-refused-by-configuration');
    expect((await narrowed.decide('10.0.0.9', 5432)).rule).toBe('E3 denied-by-configuration');
    expect((await narrowed.decide('::ffff:10.0.0.9', 5432)).rule).toBe('E3 denied-by-configuration');
    for (const address of ['8.8.8.8', '2000::1', '3ffe::1'])
      expect((await narrowed.decide(address, 443)).rule, address).toBe('E6 public-allowed');
  });

  it('a malformed network in configuration is a fault at start', () => {
    expect(() => guard({ rules: { allow: ['10.0.0.0/99'], deny: [] } })).toThrow();
  });
});

describe('connecting', () => {
  it('reaches the trap when it is allowed (the twin of the refusals), and returns a live socket', async () => {
    const before = reached;
    const socket = await guard().dial('127.0.0.1', trapPort);
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect(reached).toBe(before + 1);
  });

  it('E7 a peer that is not the address that was checked is let go', async () => {
    // Linux connects to this machine when no address is given, so the peer is another.
    const stop = new AbortController();
    await expect(connectPinned('0.0.0.0', trapPort, stop.signal)).rejects.toMatchObject({
      code: 'egress_refused',
      detail: expect.stringContaining('E7 peer-differs'),
    });
  });

  it('rebinding: the name is resolved once, and the checked address is the one connected to', async () => {
    const before = reached;
    let asked = 0;
    const resolve = async () => (asked++ === 0 ? ['192.0.2.7'] : ['127.0.0.1']);
    const outbound = guard({ resolve, listensOnLoopbackOnly: () => false });
    await expect(outbound.dial('rebind.example', trapPort)).rejects.toMatchObject({
      code: 'egress_refused',
    });
    expect([asked, reached]).toEqual([1, before]);
  });

  it('rebinding: a name is not asked again, by anybody, to connect', async () => {
    const before = reached;
    // Of this name nobody but the guard's own resolver knows.
    const outbound = guard({ resolve: async () => ['127.0.0.1'] });
    const socket = await outbound.dial('rebind.invalid', trapPort);
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect(reached).toBe(before + 1);
  });

  it('one refused address among several refuses all', async () => {
    const resolve = async () => ['8.8.8.8', '169.254.169.254'];
    expect((await guard({ resolve }).decide('mixed.example', 80)).rule).toBe('E1 metadata-refused');
  });

  it('E0 a name that does not resolve, and a port where nothing listens, are told apart from a refusal', async () => {
    const outbound = guard();
    await expect(outbound.dial('nothing.invalid', 80)).rejects.toMatchObject({
      code: 'source_unreachable',
    });
    await expect(outbound.dial('127.0.0.1', 1)).rejects.toMatchObject({
      code: 'source_unreachable',
    });
  });

  it('resolving and connecting are bounded in time', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const started = Date.now();
    await expect(guard({ resolve }).dial('slow.example', 80)).rejects.toMatchObject({
      code: 'source_unreachable',
    });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('a name that no server answers for is looked up once, however many connections wait for it', async () => {
    const asked: string[] = [];
    let answer: (addresses: string[]) => void = () => undefined;
    const resolve = (name: string) => {
      asked.push(name);
      return new Promise<string[]>((done) => {
        answer = done;
      });
    };
    const outbound = guard({ resolve });
    const waiting = Array.from({ length: 10 }, () => outbound.decide('slow.example', 80));
    answer(['192.0.2.7']);
    expect((await Promise.all(waiting)).map(({ address }) => address)).toEqual(Array(10).fill('192.0.2.7'));
    expect(asked).toEqual(['slow.example']);
    // Only while it is under way: the next answer may be another.
    const next = outbound.decide('slow.example', 80);
    answer(['192.0.2.8']);
    expect((await next).address).toBe('192.0.2.8');
  });

  it('names that no server answers for leave lookups for the others, and are found once one answers', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const asked = new Map<string, PromiseWithResolvers<string[]>>();
    const resolve = (name: string) => {
      const lookup = Promise.withResolvers<string[]>();
      asked.set(name, lookup);
      return lookup.promise;
    };
    const answerAll = (address?: string) => {
      for (const [name, lookup] of [...asked]) {
        asked.delete(name);
        if (address === undefined) lookup.reject(new Error('EAI_AGAIN'));
        else lookup.resolve([address]);
      }
    };
    const outbound = guard({ resolve });
    const dead = Array.from({ length: 20 }, (_, i) => `dead${i}.example`);
    const ask = () => Promise.all(dead.map((name) => outbound.decide(name, 80)));
    // Nothing is known of them at first, and who comes then waits with them.
    const first = ask();
    expect(asked.size).toBe(20);
    const waited = outbound.decide('alive.example', 80);
    now += 10_000;
    asked.get('alive.example')?.resolve(['192.0.2.7']);
    await waited;
    asked.delete('alive.example');
    answerAll();
    await first;
    const second = ask();
    expect(asked.size).toBe(4);
    const other = outbound.decide('alive.example', 80);
    expect([...asked.keys()]).toContain('alive.example');
    while (asked.size > 0) {
      answerAll('192.0.2.7');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await other).address).toBe('192.0.2.7');
    expect((await second).map(({ address }) => address)).toEqual(dead.map(() => '192.0.2.7'));
    // They were answered for, and are as all others again.
    const third = ask();
    expect(asked.size).toBe(20);
    answerAll();
    await third;
  });

  it('an address that answers nothing leaves time for the next', async () => {
    const port = await new Promise<number>((resolve) => {
      const free = createServer().listen(0, '127.0.0.1', () => {
        const { port } = free.address() as AddressInfo;
        free.close(() => resolve(port));
      });
    });
    const answers = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => answers.listen(port, '127.0.0.1', resolve));
    // Its queue is full and nobody takes from it: the system drops what comes then.
    const silent = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen({ port: ${port}, host: '127.0.0.2', backlog: 1 }, () => console.log('listens'))`,
    ]);
    const waiting: Socket[] = [];
    try {
      await once(silent.stdout, 'data');
      silent.kill('SIGSTOP');
      for (let i = 0; i < 4; i++) waiting.push(connect(port, '127.0.0.2').on('error', () => undefined));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const dial = (addresses: string[]) =>
        guard({ resolve: async () => addresses }).dial('db.example', port);
      await expect(dial(['127.0.0.2'])).rejects.toMatchObject({ code: 'source_unreachable' });
      const socket = await dial(['127.0.0.2', '127.0.0.1']);
      expect((socket as Socket).remoteAddress).toBe('127.0.0.1');
      socket.destroy();
    } finally {
      for (const socket of waiting) socket.destroy();
      silent.kill('SIGKILL');
      answers.close();
    }
  });

  it('G5 what is stopped while it connects was stopped, and is no source that cannot be reached', async () => {
    const stop = new AbortController();
    const dialling = guard().dial('127.0.0.1', trapPort, stop.signal);
    const refused = expect(dialling).rejects.toMatchObject({ code: 'run_cancelled' });
    // Connecting has begun, and cannot have ended: no event of a socket comes between two microtasks.
    for (let i = 0; i < 100; i++) await Promise.resolve();
    stop.abort();
    await refused;
  });

  it('an abort ends the dialling, and does not touch a connection that is already open', async () => {
    const stop = new AbortController();
    const resolve = () => new Promise<string[]>(() => undefined);
    const dialling = guard({ resolve }).dial('slow.example', 80, stop.signal);
    stop.abort();
    await expect(dialling).rejects.toMatchObject({ code: 'run_cancelled' });
    const stopped = guard({ resolve }).dial('slow.example', 80, stop.signal);
    await expect(stopped, 'before it began').rejects.toMatchObject({ code: 'run_cancelled' });

    const quiet = createServer(() => undefined);
    await new Promise<void>((done) => quiet.listen(0, '127.0.0.1', done));
    const later = new AbortController();
    const socket = await guard().dial('127.0.0.1', (quiet.address() as AddressInfo).port, later.signal);
    later.abort();
    await new Promise((done) => setTimeout(done, 700));
    expect(socket.destroyed).toBe(false);
    socket.destroy();
    quiet.close();
  });
});

it.skipIf(process.platform !== 'linux')(
  'the system asks after a peer that has said nothing for 10 s',
  async () => {
    const silent = createServer(() => undefined);
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const socket = await connectPinned('127.0.0.1', port, AbortSignal.timeout(5_000));
    // Local and remote address, then the timer that is set and when it is due, in hundredths of a second: all hexadecimal.
    const near = `:${socket.localPort?.toString(16).toUpperCase().padStart(4, '0')}`;
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
    const [, , , , timer = ''] = lines
      .map((line) => line.trim().split(/\s+/).slice(1))
      .find(([local, , state]) => local?.endsWith(near) === true && state === '01') ?? [''];
    const [kind, due = ''] = timer.split(':');
    expect(kind).toBe('02');
    expect(Number.parseInt(due, 16)).toBeLessThanOrEqual(1_000);
    socket.destroy();
    silent.close();
  },
);
