import { jsonText } from '../../lib/exact-json.ts';
import { textOf } from '../sandbox/text-of.ts';

/** A value as text, with all digits that its source answered within JSON. */
export const shownText = (value: unknown): string => textOf(value, jsonText);
