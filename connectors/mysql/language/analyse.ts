import type { Analysis } from '../../language/outline-sql.ts';
import type { Rendered } from '../../language/render-sql.ts';
import { touchedMysql } from './columns.ts';
import { type Grammar, understand } from './grammar.ts';
import { idleValues } from './idle-values.ts';
import { joinedByOr } from './joined-by-or.ts';
import { joinedTables } from './joined-tables.ts';
import { surveyWords } from './rules.ts';

/**
 * Analyses one statement (Q5). The words decide what is refused and what surely writes; the grammar decides what is
 * surely only read. What the grammar does not understand is a write that touches everything, and says so.
 */
export function analyseMysql(grammar: Grammar, rendered: Rendered): Analysis {
  const words = surveyWords(rendered);
  const placed = rendered.placed.map((place) => rendered.text.indexOf('?', place.at));
  const understood = words.calls ? null : understand(grammar, rendered.text, placed);
  const reads = understood?.kind === 'select' && !words.writes;
  return {
    effect: reads ? 'read' : 'write',
    counted: words.counted,
    tables: understood?.tables ?? null,
    relations: understood?.relations ?? [],
    qualifiers: understood?.qualifiers.tables ?? new Map(),
    touched: (known) => (understood === null ? null : touchedMysql(rendered.text, understood, known)),
    functions: words.functions,
    notes: [
      ...(understood === null
        ? [
            words.calls
              ? 'Procedures cannot be analysed, so this counts as a write that may touch every table.'
              : 'This statement could not be analysed, so it counts as a write that may touch every table.',
          ]
        : []),
      ...(words.unknown.length === 0
        ? []
        : [
            `What ${words.unknown.join(', ')} does inside is not known here. ${
              reads
                ? 'It runs in a read-only transaction, so that it can write no table.'
                : 'It may touch other tables.'
            }`,
          ]),
    ],
    order: understood?.order ?? [],
    // Where the grammar does not tell, of a union, the word does.
    ordered: (understood?.ordered ?? true) && /\border\b/i.test(rendered.text),
    idle: [...idleValues(rendered), ...joinedByOr(rendered)],
    joined: understood?.plain ? joinedTables(rendered, understood.plain) : null,
  };
}
