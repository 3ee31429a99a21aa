import type { Component, PropertyDefinition } from '@sallyport/contract';
import { numberOrText } from '../../runtime/engine/compare-decimals.ts';
import { findHoles, soleExpression } from '../document/holes.ts';

export type Json = Component['props'][string];

/** How a literal text or number stands in its field. */
export function textOfValue(value: Json): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** How any value stands in its field: a text that would be read as something else is quoted. */
export function textOfJson(value: Json): string {
  if (typeof value !== 'string' || value.includes('{{') || jsonOrText(value) === value)
    return textOfValue(value);
  return JSON.stringify(value);
}

/** How a property's value stands in its field. */
export const textOfProperty = (value: Json, { type }: PropertyDefinition): string =>
  takesJson(type) ? textOfJson(value) : textOfValue(value);

/** What a field's text is in the document: an expression stays text, a literal takes its property's kind. */
export function valueOfText(text: string, definition: PropertyDefinition): Json {
  if (text.includes('{{')) return text;
  const { kind } = definition.type;
  if (kind === 'number')
    return text.trim() === '' ? (definition.default as Json) : (numberOrText(text) ?? text);
  if (kind === 'boolean') return text.trim() === 'true' ? true : text.trim() === 'false' ? false : text;
  if (takesJson(definition.type)) return text.trim() === '' ? (definition.default as Json) : jsonOrText(text);
  // What is no list yet is still being written: with a list, its field gives way to the rows of that.
  if (kind === 'options') return listOrText(text);
  return text;
}

function listOrText(text: string): Json {
  const given = jsonOrText(text);
  return Array.isArray(given) ? given : text;
}

/** Why a literal cannot be what its property takes; it is kept as it is typed, and has no effect. */
export function problemOfText(text: string, { type }: PropertyDefinition): string | undefined {
  if (type.kind === 'boolean' && isAroundHoles(text)) return WHOLE;
  if (text.trim() === '' || text.includes('{{')) return undefined;
  switch (type.kind) {
    case 'number':
      return numberOrText(text) === null ? 'Enter a number.' : undefined;
    case 'boolean':
      return /^\s*(?:true|false)\s*$/.test(text)
        ? undefined
        : 'Enter true, false, or an expression between {{ and }}.';
    case 'options':
      return Array.isArray(jsonOrText(text)) ? undefined : 'Enter an expression between {{ and }}.';
    default:
      return undefined;
  }
}

/** What is wrong with a step's condition: words that are no expression hold always. */
export function problemOfCondition(text: string): string | undefined {
  if (isAroundHoles(text)) return WHOLE;
  return text.trim() === '' || text.includes('{{') || text === 'true' || text === 'false'
    ? undefined
    : 'This text is always true. Write an expression between {{ and }}.';
}

/** `!{{ a }}` and `{{ a }} && {{ b }}` are texts, and hold always. */
const WHOLE = 'This text is always true. Put all of it between one {{ and one }}.';

function isAroundHoles(text: string): boolean {
  const holes = findHoles(text);
  return holes.length > 0 && holes.every((hole) => hole.valid) && soleExpression(text) === undefined;
}

const takesJson = ({ kind }: PropertyDefinition['type']): boolean => kind === 'value' || kind === 'columns';

/** JSON when it is JSON, and plain text when it is not: `12` is a number, `open` a text; no number is rounded. */
export function jsonOrText(text: string): Json {
  try {
    return parseExactly(text);
  } catch {
    return text;
  }
}

/** JSON in which a number that would be rounded is its text. */
export const parseExactly = (text: string): Json => JSON.parse(text, unrounded as never) as Json;

const unrounded = (_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown =>
  typeof value === 'number' && source !== undefined ? numberOrText(source) : value;

/** What an expression spells out and nothing else, `{{ [1, 2] }}`; nothing of one that hangs on anything. */
export function literalOf(text: string): Json | undefined {
  try {
    return parseExactly(soleExpression(text) ?? '');
  } catch {
    return undefined;
  }
}
