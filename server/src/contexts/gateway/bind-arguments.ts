import { LAST_INSTANT } from '@sallyport/connectors/language/utc-text.ts';
import type { BoundArgument } from '@sallyport/connectors/language.ts';
import type { BindValue } from '@sallyport/connectors/port.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import type { RefusalPlace } from '../../kernel/refusal.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { CompiledQuery } from './compiled-query.ts';
import { refuse } from './refusals.ts';
import { readTextValue } from './values/read-constant.ts';
import { readOddValue } from './values/read-position-value.ts';
import { readValue } from './values/read-value.ts';
import { ValueFault } from './values/value-fault.ts';

export type Given = Readonly<Record<string, unknown>>;
export type Values = ReadonlyMap<string, BindValue>;
export type Constants = ReadonlyMap<string, string | Secret>;

/**
 * Checks what the caller sent against the compiled arguments, before the source is touched (Q4, Q11): every argument of
 * origin `user` is there, none is too many, none belongs to the server, each fits. Choices are among their list.
 */
export function readUserArguments(compiled: CompiledQuery, given: Given): Map<string, BindValue> {
  const values = new Map<string, BindValue>();
  for (const name of Object.keys(given)) {
    const argument = compiled.arguments.find((one) => one.name === name);
    if (argument === undefined) throw refuse('argument_surplus', at(name, 'There is no such argument.'));
    if (argument.origin !== 'user') {
      throw refuse('argument_not_yours', at(name, 'This argument is set by the server.'));
    }
  }
  const faults: RefusalPlace[] = [];
  const names: string[] = [];
  for (const argument of compiled.arguments) {
    if (argument.origin !== 'user') continue;
    const { name } = argument;
    if (!Object.hasOwn(given, name)) throw refuse('argument_missing', at(name, 'A value is required.'));
    try {
      values.set(name, readOne(argument, given[name], compiled.language));
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      faults.push({ path: `arguments.${name}`, message: error.message });
      names.push(name);
    }
  }
  if (faults.length > 0) {
    throw refuse('argument_invalid', { values: { argument: names.join(', ') }, places: faults });
  }
  return values;
}

function readOne(argument: BoundArgument, value: unknown, language: CompiledQuery['language']): BindValue {
  const { type, list, min, max } = argument;
  if (argument.choices === undefined) {
    // A row that has such a value could not be changed in any of its columns: what it had is sent beside.
    const odd = list || min !== undefined || max !== undefined ? null : readOddValue(value, type, language);
    return odd ?? readValue(value, ruleOf(argument, language));
  }
  if (typeof value === 'string' && argument.choices.includes(value)) return value;
  throw new ValueFault(`Must be one of: ${argument.choices.join(', ')}.`);
}

/** MySQL gets a time with an offset in UTC, where one of the last day of its years can be past them. */
const ruleOf = (argument: BoundArgument, language: CompiledQuery['language']): BoundArgument =>
  language === 'mysql' && argument.type === 'timestamp'
    ? { ...argument, max: argument.max ?? LAST_INSTANT }
    : argument;

/** Which constants the query names, so that only those are opened. */
export function constantsOf(compiled: CompiledQuery): string[] {
  return compiled.arguments.flatMap(({ source }) => (source.from === 'constant' ? [source.name] : []));
}

/** Adds what the server knows: the person's identity, constants and literals (Q12). */
export function addServerArguments(
  compiled: CompiledQuery,
  actor: PersonActor,
  constants: Constants,
  values: Map<string, BindValue>,
): void {
  for (const one of compiled.arguments) {
    const argument = ruleOf(one, compiled.language);
    const { name, source } = argument;
    if (source.from === 'user') continue;
    if (source.from === 'constant') {
      const constant = constants.get(source.name);
      if (constant === undefined) throw refuse('constant_missing', { values: { name: source.name } });
      const text = typeof constant === 'string' ? constant : constant.reveal();
      values.set(
        name,
        fit(() => readTextValue(text, argument), 'constant_invalid', { name: source.name }),
      );
    } else if (source.from === 'literal') {
      const literal = source.value;
      values.set(
        name,
        fit(() => readLiteral(literal, argument), 'argument_invalid', { argument: name }),
      );
    } else {
      values.set(
        name,
        fit(() => readIdentity(source, actor, argument), 'identity_unfit', {
          argument: argument.expression,
        }),
      );
    }
  }
}

function readLiteral(value: string | number | boolean | null, argument: BoundArgument): BindValue {
  return typeof value === 'string' && argument.type !== 'text'
    ? readTextValue(value, argument)
    : readValue(argument.type === 'text' && value !== null ? String(value) : value, argument);
}

function readIdentity(
  source: BoundArgument['source'],
  actor: PersonActor,
  argument: BoundArgument,
): BindValue {
  if (source.from === 'attribute') {
    const value = Object.hasOwn(actor.attributes, source.name) ? actor.attributes[source.name] : undefined;
    // Without it the query would ask for "no value", which a filter may read as "everything": refused instead.
    if (value === undefined)
      throw refuse('identity_incomplete', { values: { argument: argument.expression } });
    return readTextValue(value, argument);
  }
  if (source.from !== 'identity') throw new TypeError(`not of the person: ${source.from}`);
  switch (source.field) {
    case 'id':
      return actor.personId;
    case 'email':
      return actor.email;
    case 'name':
      return actor.name;
    case 'groups':
      return [...actor.groups];
  }
}

function fit(
  read: () => BindValue,
  code: 'constant_invalid' | 'argument_invalid' | 'identity_unfit',
  values: Record<string, string>,
): BindValue {
  try {
    return read();
  } catch (error) {
    // The fault's sentence is left out: it could tell of a secret constant.
    if (error instanceof ValueFault) throw refuse(code, { values });
    throw error;
  }
}

const at = (name: string, message: string) => ({
  values: { argument: name },
  places: [{ path: `arguments.${name}`, message }],
});
