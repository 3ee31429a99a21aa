import { isList } from '../../is-list.ts';
import type { BindScalar, BindValue } from '../../port.ts';

/** A number that travels as text, since a double would round it, told from a text; a list item by item. */
export const exactNumber = (value: BindValue): BindValue =>
  isList(value) ? value.map(exactScalar) : exactScalar(value);

const exactScalar = (value: BindScalar): BindScalar =>
  typeof value === 'string' ? { digits: value } : value;
