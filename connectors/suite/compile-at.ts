import { castsOf, leftOut } from '../language/cast-any.ts';
import { compose } from '../language/compose.ts';
import { relationKey } from '../language/relation-key.ts';
import type { CompiledQuery, Outline, SqlLanguage } from '../language.ts';
import { ConnectorError, type Pool, type RelationColumns } from '../port.ts';
import { sqlDocument } from './sql-document.ts';

/** Compiles a statement with what its engine says of it now, as the gateway does. */
export async function compileAt(
  pool: Pick<Pool, 'describe' | 'relations'>,
  language: SqlLanguage,
  text: string,
  more: Parameters<typeof sqlDocument>[1] & {
    /** What is taken for true of a table instead of what the engine says. */
    readonly instead?: (relation: RelationColumns) => RelationColumns;
  } = {},
): Promise<CompiledQuery> {
  const { instead = (relation) => relation, ...settings } = more;
  const document = sqlDocument(text, settings);
  await language.load();
  const ask = (of: Outline) =>
    Promise.all(of.statements.map((one, i) => pool.describe(one.text, of.samples(i))));
  let outline = language.outline(document);
  let descriptions = await ask(outline).catch((error: unknown) => {
    if (!(error instanceof ConnectorError && error.untyped)) throw error;
    return null;
  });
  if (descriptions === null) {
    const elsewhere = language.outline(document, leftOut(outline));
    outline = language.outline(document, castsOf(outline, elsewhere, await ask(elsewhere)) ?? undefined);
    descriptions = await ask(outline);
  }
  const answers = await pool.relations(outline.relations);
  const relations = new Map<string, RelationColumns>();
  for (const [i, name] of outline.relations.entries()) {
    const answer = answers[i];
    if (answer) relations.set(relationKey(name), instead(answer));
  }
  return compose(document, 'source', outline, { descriptions, relations });
}
