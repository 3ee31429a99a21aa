import { compose } from '../language/compose.ts';
import { relationKey } from '../language/relation-key.ts';
import type { CompiledQuery, SqlLanguage } from '../language.ts';
import type { Pool, RelationColumns } from '../port.ts';
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
  const outline = language.outline(document);
  const answers = await pool.relations(outline.relations);
  const relations = new Map<string, RelationColumns>();
  for (const [i, name] of outline.relations.entries()) {
    const answer = answers[i];
    if (answer) relations.set(relationKey(name), instead(answer));
  }
  const descriptions = await Promise.all(
    outline.statements.map((one, i) => pool.describe(one.text, outline.samples(i))),
  );
  return compose(document, 'source', outline, { descriptions, relations });
}
