import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from '@swc/core';

/** What a piece of the server names: error codes, other pieces, and what it calls of what it was handed. */
interface Piece {
  readonly codes: Set<string>;
  readonly names: Set<string>;
  /** As `deps.access.authorise`. */
  readonly calls: Set<string>;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface At {
  readonly file: string;
  /** What a name in it stands for. */
  readonly names: Map<string, string>;
}

const TYPES = /^Ts(?!AsExpression|ConstAssertion|NonNull|Satisfies)/;
const FUNCTIONS = /^(ArrowFunction|Function|Member|Call)Expression$|^Identifier$/;
const COMPOSED = 'server/src/compose.ts#';

/**
 * The error codes that each operation may be refused with, read from the source of the server: from the function that serves
 * it, by what that names and calls, to each code that is written there. What is handed over as a dependency is looked up by
 * the name of the call, in the context that it is named after if there is one; so a few codes too many may be found.
 * That none is left out, every answer of the tests of the server is asked (server/test/app.ts).
 */
export function operationCodes(root: string, known: ReadonlySet<string>) {
  const graph = new Graph(known);
  for (const file of globSync('server/src/**/*.ts', { cwd: root }).sort())
    if (!file.endsWith('.test.ts')) graph.read(file, readFileSync(join(root, file), 'utf8'));
  graph.compose(readFileSync(join(root, 'server/src/compose.ts'), 'utf8'));
  const port = readFileSync(join(root, 'connectors/port.ts'), 'utf8');
  const ofConnectors = /ConnectorErrorCode =([^;]*);/.exec(port)?.[1] ?? '';
  graph.add('server/src/contexts/gateway/source-refusal.ts#sourceRefusal', literalsIn(ofConnectors));
  const ofOperations = new Map([...graph.served].map(([id, piece]) => [id, graph.reachedFrom(piece)]));
  return {
    /** Those of the operation itself. */
    of(operationId: string): ReadonlySet<string> {
      const codes = ofOperations.get(operationId) ?? ofOperations.get(graph.servedAs.get(operationId) ?? '');
      if (codes === undefined) throw new Error(`No handle() in the server serves ${operationId}.`);
      return codes;
    },
    /** Those of what every request goes through. */
    ofAll: [
      ...new Set(
        ['mount.ts#mountOne', 'server.ts#createHttpServer', 'problem.ts#refusalOf'].flatMap((one) => [
          ...graph.reachedFrom(`server/src/platform/http/${one}`),
        ]),
      ),
    ].sort(),
  };
}

const literalsIn = (text: string) => [...text.matchAll(/'(\w+)'/g)].map(([, code]) => String(code));

class Graph {
  /** The piece that serves each operation. */
  readonly served = new Map<string, string>();
  readonly servedAs = new Map<string, string>();
  readonly #known: ReadonlySet<string>;
  readonly #pieces = new Map<string, Piece>();
  /** Functions that are handed on under a name, as in `{ authorise: (call) => … }`. */
  readonly #handed = new Map<string, string[]>();
  readonly #exported = new Map<string, string>();
  readonly #composed = new Map<string, string>();
  /** The contexts that each imports something of, if only a type. */
  readonly #below = new Map<string, Set<string>>();

  constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  read(file: string, source: string): void {
    const { body } = parseSync(source, { syntax: 'typescript', target: 'es2022' });
    const at: At = { file, names: new Map() };
    const tops: (readonly [string, unknown])[] = [];
    for (const item of body as unknown as Node[]) {
      this.#import(item, at);
      for (const [name, node] of declaredBy(item)) {
        at.names.set(name, `${file}#${name}`);
        tops.push([name, node]);
      }
    }
    // What a factory makes for all that it hands on: functions, and such as a queue with what it refuses by.
    for (const [name, node] of declaredWithin(body)) {
      if (name === 'deps' || name === 'undefined' || at.names.has(name)) continue;
      const local = `${file}#~${name}`;
      if (/FunctionExpression$/.test(String((node as Node | null)?.type))) tops.push([`~${name}`, node]);
      else {
        const said = [...JSON.stringify(node).matchAll(/"value":"(\w+)"/g)].map(([, text]) => String(text));
        const made = said.filter((one) => one === factoryOf(node) || at.names.get(one)?.includes('#~'));
        if (made.length === 0 && !said.some((one) => this.#known.has(one))) continue;
        this.add(local, said);
        for (const one of made) this.#piece(local).names.add(at.names.get(one) ?? '');
      }
      at.names.set(name, local);
    }
    for (const [name, node] of tops) this.#walk(node, this.#piece(`${file}#${name}`), at);
  }

  /** Under which name compose.ts has each context. */
  compose(main: string): void {
    for (const [, name, context] of main.matchAll(
      /const (\w+)(?:: [\w.]+)? =[^;]*?\b(\w+)\.create[A-Z]\w*\(/g,
    ))
      this.#composed.set(String(name), String(context));
  }

  add(piece: string, codes: readonly string[]): void {
    for (const code of codes) if (this.#known.has(code)) this.#piece(piece).codes.add(code);
  }

  reachedFrom(piece: string): ReadonlySet<string> {
    const seen = new Set<string>();
    const codes = new Set<string>();
    const reach = (name: string): void => {
      const exported = this.#exported.get(name);
      if (exported !== undefined) {
        reach(exported);
        return;
      }
      if (seen.has(name)) return;
      seen.add(name);
      const found = this.#pieces.get(name);
      for (const code of found?.codes ?? []) codes.add(code);
      for (const one of found?.names ?? []) reach(one);
      for (const call of found?.calls ?? []) for (const one of this.#answering(name, call)) reach(one);
    };
    reach(piece);
    return codes;
  }

  /** What a call of something that was handed over may reach: of its own context, and of those that compose.ts hands it. */
  #answering(caller: string, call: string): readonly string[] {
    const path = call.split('.');
    const [name = '', receiver = ''] = path.toReversed();
    const all = this.#handed.get(name) ?? [];
    const of = (context: string) => all.filter((one) => contextOf(one) === context);
    const composed = all.filter((one) => one.startsWith(COMPOSED));
    if (caller.startsWith(COMPOSED)) return of(this.#composed.get(receiver) ?? '');
    const own = contextOf(caller);
    if (own === undefined) return caller.includes('/http/mount.ts#') && receiver === 'deps' ? composed : [];
    if (name in OF_JAVASCRIPT) return path[0] === 'deps' ? of(own) : [];
    if (receiver === 'deps') return [...of(own), ...composed];
    const near = of(receiver).length > 0 ? of(receiver) : [own, ...(this.#below.get(own) ?? [])].flatMap(of);
    return near.length > 0 ? near : composed;
  }

  #piece(name: string): Piece {
    const found = this.#pieces.get(name) ?? { codes: new Set(), names: new Set(), calls: new Set() };
    this.#pieces.set(name, found);
    return found;
  }

  #import(item: Node, { file, names }: At): void {
    const from = (item.source as { value?: string } | null)?.value;
    if (from === undefined || !from.startsWith('.')) return;
    const target = relative('.', join(dirname(file), from));
    const [own, other] = [contextOf(file), contextOf(target)];
    if (own !== undefined && other !== undefined && own !== other)
      this.#below.set(own, (this.#below.get(own) ?? new Set()).add(other));
    for (const one of (item.specifiers ?? []) as Node[]) {
      const text = (part: string) => (one[part] as { value?: string } | null)?.value;
      if (one.type === 'ImportSpecifier')
        names.set(String(text('local')), `${target}#${text('imported') ?? text('local')}`);
      if (one.type === 'ExportSpecifier')
        this.#exported.set(`${file}#${text('exported') ?? text('orig')}`, `${target}#${text('orig')}`);
    }
  }

  #walk(given: unknown, into: Piece, at: At): void {
    if (Array.isArray(given)) for (const one of given) this.#walk(one, into, at);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
    const node = given as Node;
    if (TYPES.test(String(node.type))) return;
    if (node.type === 'StringLiteral' && this.#known.has(String(node.value)))
      into.codes.add(String(node.value));
    if (node.type === 'Identifier') {
      const named = at.names.get(String(node.value));
      if (named !== undefined) into.names.add(named);
      return;
    }
    if (node.type === 'CallExpression' && this.#serves(node, at)) return;
    const hand = (name: unknown, value: unknown) => {
      const key = `${at.file}#.${String(name)}.${this.#pieces.size}`;
      this.#handed.set(String(name), [...(this.#handed.get(String(name)) ?? []), key]);
      callInto(value as Node, this.#piece(key));
      this.#walk(value, this.#piece(key), at);
    };
    const key = (node.key as Node | undefined)?.value;
    if (node.type === 'KeyValueProperty' && FUNCTIONS.test((node.value as Node).type)) {
      hand(key, node.value);
      // A family of routes, as `{ exportAudit: audit.exportInstallationLog }`, is served by the same functions.
      const other = (node.value as { property?: Node }).property?.value;
      if (other !== undefined) this.servedAs.set(String(other), String(key));
    }
    if (/^(MethodProperty|ClassMethod)$/.test(node.type)) hand(key, node.body ?? node.function);
    if (node.type === 'ObjectExpression')
      for (const one of node.properties as Node[]) if (one.type === 'Identifier') hand(one.value, one);
    if (node.type === 'CallExpression') callInto(node.callee as Node, into);
    if (node.type === 'MemberExpression') {
      this.#walk(node.object, into, at);
      if ((node.property as Node).type === 'Computed') this.#walk(node.property, into, at);
      return;
    }
    for (const [part, value] of Object.entries(node))
      if (part !== 'span' && part !== 'key') this.#walk(value, into, at);
  }

  #serves(node: Node, at: At): boolean {
    const [route, serve] = (node.arguments as { expression: Node }[]).map((one) => one.expression);
    if ((node.callee as Node).value !== 'handle' || route?.type !== 'MemberExpression') return false;
    const name = String((route.property as Node).value);
    this.served.set(name, `${at.file}#handle ${name}`);
    this.#walk(serve, this.#piece(`${at.file}#handle ${name}`), at);
    return true;
  }
}

/** The names that a statement at the top of a file declares. */
function declaredBy(item: Node): readonly (readonly [string, unknown])[] {
  const declared = (item.type === 'ExportDeclaration' ? item.declaration : item) as Node;
  if (/^(Function|Class)Declaration$/.test(declared.type))
    return [[String((declared.identifier as Node).value), declared]];
  if (declared.type !== 'VariableDeclaration') return [];
  return (declared.declarations as { id: Node; init: unknown }[]).map(({ id, init }) => [
    String(id.value),
    init,
  ]);
}

/** The folder of the domain that a piece stands in. */
const contextOf = (piece: string): string | undefined =>
  /^server\/src\/(?:contexts\/(\w+)|(demo))\//
    .exec(piece)
    ?.slice(1)
    .find((one) => one !== undefined);

/** Every constant that is declared somewhere in a file. */
function declaredWithin(given: unknown): (readonly [string, unknown])[] {
  if (typeof given !== 'object' || given === null) return [];
  const { type, id, init } = given as { type?: string; id?: Node; init?: unknown };
  const own = type === 'VariableDeclarator' ? [[String(id?.value), init] as const] : [];
  return [...own, ...Object.values(given).flatMap(declaredWithin)];
}

/** What is called as a member of something. */
function callInto(node: Node, into: Piece): void {
  const receivers: string[] = [];
  let one = node;
  for (; one.type === 'MemberExpression'; one = one.object as Node)
    receivers.unshift(String((one.property as Node).value));
  if (receivers.length > 0)
    into.calls.add([one.type === 'Identifier' ? one.value : one.type, ...receivers].join('.'));
}

/** `createSearchTurns`, of what a call of it made. */
function factoryOf(given: unknown): string | undefined {
  const node = given as Node | null;
  const call = (node?.type === 'AwaitExpression' ? node.argument : node) as Node | null;
  const name = call?.type === 'CallExpression' ? String((call.callee as Node).value) : '';
  return /^create[A-Z]/.test(name) ? name : undefined;
}

/** Names of JavaScript's own functions: one of ours may bear the same, and is asked in its own context only. */
const OF_JAVASCRIPT: object = Object.fromEntries(
  [Array, Map, Set, Promise, String, Object]
    .flatMap((one) => [...Object.getOwnPropertyNames(one.prototype), ...Object.getOwnPropertyNames(one)])
    .map((name) => [name, true]),
);
