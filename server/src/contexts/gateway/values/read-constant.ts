import type { BindValue } from '@sallyport/connectors/port.ts';
import { exactNumber, parseExact } from '@sallyport/contract';
import { readValue, type ValueRule } from './read-value.ts';
import { ValueFault } from './value-fault.ts';

/** A constant and an attribute of a person are kept as text; here the text is read as the type that its place needs. */
export function readTextValue(text: string, rule: ValueRule): BindValue {
  if (rule.list) return readValue(parse(text), rule);
  if (rule.type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new ValueFault('Must be true or false.');
  }
  if (rule.type === 'json') return readValue(parse(text), rule);
  return readValue(text, rule);
}

function parse(text: string): unknown {
  try {
    return parseExact(text, exactNumber);
  } catch {
    throw new ValueFault('Must be JSON.');
  }
}
