import { useState } from 'react';
import { sameValue } from '../../lib/same-value.ts';
import type { Json } from './field-text.ts';

/** What was typed stays as it was typed while it means the value that is there: “1.0” on the way to “1.05”. */
export function useTyped(
  value: Json,
  textOf: (value: Json) => string,
  meaningOf: (text: string) => Json,
): [text: string, type: (text: string) => Json] {
  const [typed, setTyped] = useState<string>();
  const stays = typed !== undefined && sameValue(meaningOf(typed), value);
  const type = (text: string): Json => {
    setTyped(text);
    return meaningOf(text);
  };
  return [stays ? typed : textOf(value), type];
}
