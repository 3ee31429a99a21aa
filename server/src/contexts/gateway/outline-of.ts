import { setImmediate } from 'node:timers/promises';
import type { Casts } from '@sallyport/connectors/language/render-sql.ts';
import type { Outline } from '@sallyport/connectors/language.ts';
import { restLanguage } from '@sallyport/connectors/rest/language/index.ts';
import type { QueryDocument } from '@sallyport/contract';
import type { CompiledQuery } from './compiled-query.ts';
import { sqlLanguageOf } from './sql-language-of.ts';

/** What today's rules say of a document in a language, without asking its engine; throws `Uncompilable`. */
export async function outlineOf(
  language: CompiledQuery['language'],
  document: QueryDocument,
  casts?: Casts,
): Promise<Outline> {
  if (document.kind === 'rest') return restLanguage.outline(document);
  const sql = sqlLanguageOf({ language });
  await sql.load();
  const turns = sql.outlineInTurns(document, casts);
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
    await setImmediate();
    // Who had a turn may have dropped the grammar after a fault.
    await sql.load();
  }
}
