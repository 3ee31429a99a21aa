import { COMPILER, type CompiledQuery as Form } from '@sallyport/connectors/language.ts';
import type { CompiledView, QuerySignature } from '@sallyport/contract';
import { canonicalHash } from '../../kernel/canonical-json.ts';

/** A compiled query with its identity: the SHA-256 of its canonical JSON without `hash` (Q8). Plain JSON. */
export type CompiledQuery = Form & { readonly hash: string };

export function withHash(form: Form): CompiledQuery {
  return { ...form, hash: canonicalHash(form) };
}

/** Whether a stored form still is what its hash says. */
export function isIntact({ hash, ...form }: CompiledQuery): boolean {
  return canonicalHash(form) === hash;
}

/** Whether today's rules made it: earlier ones may have allowed, or not told, what these would not. */
export const isCurrent = ({ compiler }: CompiledQuery): boolean => compiler === COMPILER;

/** The compiled form as a builder and a reviewer see it. */
export function view(compiled: CompiledQuery): CompiledView {
  const origins = new Map(compiled.arguments.map((argument) => [argument.name, argument.origin]));
  return {
    hash: compiled.hash,
    language: compiled.language,
    sourceId: compiled.sourceId,
    effect: compiled.effect,
    statements: compiled.statements.map((statement) => statement.text),
    arguments: compiled.arguments.map(shown),
    tables: compiled.tables === null ? null : [...compiled.tables],
    functions: [...compiled.functions],
    ...(compiled.notes.length === 0 ? {} : { notes: [...compiled.notes] }),
    result: compiled.result === null ? null : [...compiled.result],
    windowed: compiled.windowed,
    key: [...compiled.key],
    maxRows: compiled.maxRows,
    timeoutMs: compiled.timeoutMs,
    expectRows: expectation(compiled.expectRows),
    holes: compiled.holes.map((hole) => ({ ...hole, origin: origins.get(hole.argument) ?? 'user' })),
  };
}

/** What a member's browser is told: no statement, no table, no source. */
export function signature(compiled: CompiledQuery): QuerySignature {
  return {
    effect: compiled.effect,
    arguments: compiled.arguments.filter((argument) => argument.origin === 'user').map(shown),
    result: compiled.result === null ? null : [...compiled.result],
    windowed: compiled.windowed,
    key: [...compiled.key],
    run: compiled.run,
    confirm: compiled.confirm,
  };
}

function shown(argument: CompiledQuery['arguments'][number]): CompiledView['arguments'][number] {
  const { source: _source, engineType: _engineType, ...rest } = argument;
  return rest;
}

function expectation(expect: CompiledQuery['expectRows']): string | null {
  if (expect === null) return null;
  return 'exactly' in expect ? `exactly ${expect.exactly}` : `at most ${expect.atMost}`;
}
