import type { Component, PropertyDefinition } from '@sallyport/contract';

type Json = Component['props'][string];

/** How a property's value stands in its field. */
export function textOfValue(value: Json): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** What a field's text is in the document: an expression stays text, a literal takes its property's kind. */
export function valueOfText(text: string, definition: PropertyDefinition): Json {
  if (text.includes('{{')) return text;
  const { kind } = definition.type;
  if (kind === 'number') {
    if (text.trim() === '') return definition.default as Json;
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  }
  if (kind === 'boolean') return text.trim() === 'true' ? true : text.trim() === 'false' ? false : text;
  if (kind === 'value' || kind === 'options' || kind === 'columns') {
    if (text.trim() === '') return definition.default as Json;
    return jsonOrText(text);
  }
  return text;
}

/** JSON when it is JSON, and plain text when it is not: `12` is a number, `open` a text. */
export function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
