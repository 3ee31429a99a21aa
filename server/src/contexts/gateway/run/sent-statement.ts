import type { WindowBind } from '@sallyport/connectors/language.ts';
import type { SentBind, SentStatement } from '@sallyport/contract';
import type { CompiledQuery } from '../compiled-query.ts';

/** A statement as it is sent, with what each of its binds is and whose; no value comes into it. */
export function sentStatement(
  compiled: CompiledQuery,
  brings: SentStatement['brings'],
  text: string,
  names: readonly string[],
  holds: readonly (WindowBind | number)[] = names.map((_, i) => i),
): SentStatement {
  const argument = (name: string): SentBind => {
    const found = compiled.arguments.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no argument ${name}: the compiled form is damaged`);
    return { of: 'argument', name, origin: found.origin };
  };
  return {
    brings,
    text,
    binds: holds.map((held) =>
      typeof held === 'number' ? argument(names[held]!) : { ...held, origin: 'user' },
    ),
  };
}
