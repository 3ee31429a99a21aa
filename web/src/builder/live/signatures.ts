import type { Draft, QuerySignature } from '@sallyport/contract';

/** The signature of each query of a draft, as a release would tell it to a member's browser. */
export function signaturesOf(queries: Draft['queries']): Record<string, QuerySignature> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, { document, compiled }]) => [
      name,
      {
        effect: compiled.effect,
        arguments: compiled.arguments.filter((argument) => argument.origin === 'user'),
        result: compiled.result,
        windowed: compiled.windowed,
        key: compiled.key,
        run: document.run,
        confirm: document.confirm ?? null,
      },
    ]),
  );
}
