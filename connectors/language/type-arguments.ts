import type { ArgumentSettings, ValueType } from '@sallyport/contract';
import {
  type BoundArgument,
  type Outline,
  type OutlinedArgument,
  type Schema,
  Uncompilable,
} from '../language.ts';
import type { Description } from '../port.ts';
import { type MappedType, mapEngineType } from './engine-type.ts';
import { madeText } from './made-text.ts';
import { proposedType } from './proposed-type.ts';

/** As long as a builder may allow: a form sends a long text twice, as it was and as it is now. */
const LONGEST_TEXT = 1_000_000;
const MOST_ITEMS = 1_000;

/** Which types may stand where the engine expects one: each can be read by the engine as that, losing nothing. */
const FITS: Readonly<Record<ValueType, readonly ValueType[]>> = {
  text: ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp', 'uuid', 'json'],
  integer: ['integer'],
  decimal: ['decimal', 'integer'],
  boolean: ['boolean'],
  date: ['date'],
  timestamp: ['timestamp', 'date'],
  uuid: ['uuid'],
  json: ['json'],
};

const CONDITIONS: readonly ValueType[] = ['boolean', 'integer', 'decimal'];

/** What such a request changes or removes, a field of it may narrow down. */
export const NARROWED = ['PUT', 'PATCH', 'DELETE'];

/** Gives each argument its type and limits: what the engine inferred, narrowed by the builder (Q4). */
export function typeArguments(
  outline: Outline,
  settings: Readonly<Record<string, ArgumentSettings>>,
  schema: Schema,
): readonly BoundArgument[] {
  for (const name of Object.keys(settings)) {
    if (!outline.arguments.some((argument) => argument.name === name)) {
      throw new Uncompilable({
        path: `arguments.${name}`,
        message: `The query has no argument “${name}”. It has ${outline.arguments.length === 0 ? 'none' : outline.arguments.map((one) => one.name).join(', ')}.`,
      });
    }
  }
  return outline.arguments.map((argument) => {
    const engineType = inferred(outline, argument.name, schema.descriptions);
    const own = Object.hasOwn(settings, argument.name) ? (settings[argument.name] as ArgumentSettings) : {};
    const bound = typeOne(
      outline,
      argument,
      engineType,
      own,
      engineType === null ? proposedType(argument, outline, schema) : null,
    );
    if (outline.language !== 'rest') refuseMadeText(outline, bound);
    refuseBesideText(argument, bound);
    return bound;
  });
}

/** MySQL takes a text for a number, most for 0: `{{ x }} = '' or a = {{ x }}` was every row for 0, and none for no value. */
function refuseBesideText({ besideText }: OutlinedArgument, { name, expression, type }: BoundArgument): void {
  if (besideText === null || type === 'text' || type === 'json') return;
  throw new Uncompilable({
    ...besideText,
    message: `“${name}” is of type ${type} in this query. Compared with a text, 0 may equal it, and an empty input, which has no value, does not. Write {{ ${expression} }} is null, or set the type of the argument to text.`,
  });
}

/**
 * A list is bound as a list, and JSON as what it is. The text of either would be taken for one item, or for a JSON string: a
 * query that finds nothing, deletes what it should keep, or stores what nothing can read, and fails at none of it.
 */
function refuseMadeText({ holes }: Outline, { name, expression, list, type }: BoundArgument): void {
  if (!list && type !== 'json') return;
  const made = madeText(expression, list ? 'join' : 'stringify');
  if (made === null) return;
  const { path, at, length } = holes.find((hole) => hole.argument === name) as Outline['holes'][number];
  const value = made.of === null ? '' : `: {{ ${made.of} }}`;
  throw new Uncompilable({
    path,
    at,
    length,
    message: list
      ? `A list is bound here as it is, and join makes one text of it. Write the list, with no quotes around its items${value}.`
      : `A JSON value is bound here as it is, and JSON.stringify makes a text of it. Write the value${value}.`,
  });
}

/** What the engine says of the argument in every place of every statement, which must agree. */
function inferred(outline: Outline, name: string, descriptions: readonly Description[]): string | null {
  const found = new Set<string>();
  outline.statements.forEach((statement, i) => {
    statement.binds.forEach((bind, n) => {
      const type = bind === name ? descriptions[i]?.parameters[n] : null;
      if (type != null) found.add(type);
    });
  });
  if (found.size > 1) {
    throw new Uncompilable({
      path: `arguments.${name}`,
      message: `The engine takes “${name}” as ${[...found].join(' in one place and as ')} in another. Cast it in the statement.`,
    });
  }
  return [...found][0] ?? null;
}

function typeOne(
  outline: Outline,
  argument: OutlinedArgument,
  engineType: string | null,
  own: ArgumentSettings,
  proposal: MappedType | null,
): BoundArgument {
  const { name, expression, source } = argument;
  const origin =
    source.from === 'user'
      ? 'user'
      : source.from === 'constant' || source.from === 'literal'
        ? 'constant'
        : 'identity';
  const common = {
    name,
    expression,
    origin,
    source,
    engineType: engineType ?? (proposal?.single ? 'float' : null),
  } as const;
  const refuse = (message: string): never => {
    throw new Uncompilable({ path: `arguments.${name}`, message });
  };
  if (argument.choices !== null) {
    if (Object.keys(own).length > 0) refuse(`“${name}” is a choice. Only its list can be set.`);
    return { ...common, type: 'text', list: false, nullable: false, choices: [...argument.choices] };
  }
  const engine: MappedType | null = engineType === null ? null : mapEngineType(engineType);
  if (engine?.type === 'binary')
    refuse(
      `“${name}” is used where the database expects bytes, which arguments cannot contain. Write how a text says them: decode({{ ${expression} }}, 'base64'), or 'hex'.`,
    );
  const expected = (engine?.type ?? argument.hint ?? null) as ValueType | null;
  // A place in a JSON body takes a value of any type.
  const anyJson = argument.hint === 'json' && engine === null;
  // MySQL takes a number for a truth value as well.
  const condition = argument.hint === 'boolean' && engine === null;
  const type =
    own.type ??
    ((anyJson && source.from !== 'user') || (condition && source.from === 'literal')
      ? typeOfSource(argument)
      : (expected ?? (proposal?.type as ValueType | undefined) ?? typeOfSource(argument)));
  const fits = condition ? CONDITIONS : FITS[expected ?? 'text'];
  if (expected !== null && !anyJson && !fits.includes(type)) {
    refuse(`The database expects ${expected} there, and ${type} cannot be converted to it.`);
  }
  const list = argument.list || (engine?.list ?? false) || (own.list ?? false);
  if (own.list === false && list) refuse(`“${name}” is a list.`);
  if (
    own.list === true &&
    !argument.list &&
    engine?.list !== true &&
    !(outline.language === 'rest' && argument.hint === 'json')
  ) {
    refuse(`“${name}” is a single value. Use a list only after IN, or where the database expects an array.`);
  }
  checkSource(argument, outline.language, type, list, refuse);
  // MySQL's LIMIT and OFFSET. MariaDB takes what is below nothing for a number without a sign: all rows, in a DELETE too.
  const counts = engine === null && argument.hint === 'integer';
  if (counts && own.min?.startsWith('-')) refuse('LIMIT and OFFSET take no number below 0.');
  const beside = proposal?.type === type ? proposal : null;
  const limits = limitsOf(type, engine ?? (counts ? { ...beside, min: '0' } : beside), own, refuse);
  return {
    ...common,
    type,
    list,
    nullable: own.nullable ?? !(list || isInPath(outline.request, name) || narrows(outline.request, name)),
    ...limits,
    ...(list ? { maxItems: own.maxItems ?? MOST_ITEMS } : {}),
  };
}

/** `/rows/{{ id }}`: without a value there is no such address, and the query waits for one. */
const isInPath = (request: Outline['request'], name: string): boolean =>
  request?.segments.some((parts) =>
    parts.some((part) => typeof part === 'object' && part.argument === name),
  ) ?? false;

/** `DELETE /rows?id={{ id }}`: without a value, the field would be left out, and the request be about all rows. */
function narrows(request: Outline['request'], name: string): boolean {
  if (request === null || !NARROWED.includes(request.method)) return false;
  return [...request.query, ...request.headers].some(
    ({ value: [first, ...more] }) =>
      more.length === 0 && typeof first === 'object' && first.argument === name,
  );
}

/** What the server's own value is by itself, where the place does not say. */
function typeOfSource({ source }: OutlinedArgument): ValueType {
  if (source.from !== 'literal') return 'text';
  if (typeof source.value === 'number') return Number.isInteger(source.value) ? 'integer' : 'decimal';
  return typeof source.value === 'boolean' ? 'boolean' : 'text';
}

function checkSource(
  { name, source }: OutlinedArgument,
  language: Outline['language'],
  type: ValueType,
  list: boolean,
  refuse: (message: string) => never,
): void {
  const groups = source.from === 'identity' && source.field === 'groups';
  if (groups && (!list || type !== 'text')) {
    const place =
      language === 'rest'
        ? 'it is the value of a parameter or form field that is sent once for each item'
        : 'it stands alone after IN, or where the engine takes a text array';
    refuse(`currentUser.groups is a list of texts: ${place}.`);
  }
  if (!groups && list && source.from !== 'user' && source.from !== 'constant') {
    refuse(`“${name}” is a single value but is used where a list is required.`);
  }
  if (source.from === 'identity' && !groups) {
    const fits: readonly ValueType[] = source.field === 'id' ? ['text', 'uuid'] : ['text'];
    if (!fits.includes(type))
      refuse(`currentUser.${source.field} is ${fits.join(' or ')}, and ${type} is needed there.`);
  }
}

/** A day or a time as an argument is written; `Date.parse` alone reads much that a run could not compare with. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const isInteger = (text: string): boolean => /^-?\d{1,40}$/.test(text);

function limitsOf(
  type: ValueType,
  engine: Pick<MappedType, 'min' | 'max'> | null,
  own: ArgumentSettings,
  refuse: (message: string) => never,
): Pick<BoundArgument, 'maxLength' | 'min' | 'max'> {
  const long = type === 'text' || type === 'json';
  const ranged = type === 'integer' || type === 'decimal' || type === 'date' || type === 'timestamp';
  if (own.maxLength !== undefined && !long) refuse('A length limit is only available for text and JSON.');
  if ((own.min !== undefined || own.max !== undefined) && !ranged) {
    refuse('A range is only available for integers, decimals, dates and timestamps.');
  }
  if (long) return { maxLength: own.maxLength ?? LONGEST_TEXT };
  if (!ranged) return {};
  const min = own.min ?? engine?.min;
  const max = own.max ?? engine?.max;
  for (const bound of [own.min, own.max]) {
    if (bound === undefined) continue;
    const valid =
      type === 'integer'
        ? isInteger(bound)
        : type === 'decimal'
          ? /^-?\d{1,40}(\.\d{1,20})?$/.test(bound)
          : MOMENT.test(bound) && !Number.isNaN(Date.parse(bound));
    if (!valid) refuse(`“${bound}” is not a valid ${type}.`);
  }
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
