import { as, isTree, list, names, type Tree } from '../tree.ts';
import { type Output, renamedOutput } from './relation.ts';
import type { Ctes, Env } from './scope.ts';
import type { Walk } from './walk.ts';

const UNTOLD: Output = { columns: [], ordered: false, open: true };

/** The level with the CTEs of a WITH clause, each of which is read once, whether or not something names it. */
export function withCtes(walk: Walk, clause: unknown, env: Env): Env {
  if (!isTree(clause)) return env;
  const items = list(clause.ctes)
    .map((item) => as(item, 'CommonTableExpr'))
    .filter((item) => item !== null);
  let { ctes } = env;
  if (clause.recursive !== true) {
    for (const item of items) {
      // A CTE does not see itself: `with t as (select * from t)` reads the real t.
      const output = answered(item, walk.statement(item.ctequery, { ...env, ctes }));
      ctes = { name: String(item.ctename), output: () => output, outer: ctes };
    }
    return { ...env, ctes };
  }
  // With RECURSIVE each sees all, also those after it: one is read when it is first named.
  const reads: (() => Output)[] = [];
  for (const item of items) {
    const output = recursive(walk, item, () => ({ ...env, ctes }));
    reads.push(output);
    ctes = { name: String(item.ctename), output, outer: ctes } satisfies Ctes;
  }
  for (const read of reads) read();
  return { ...env, ctes };
}

/** While it is being read, its own name answers what the first arm of its UNION does. */
function recursive(walk: Walk, item: Tree, env: () => Env): () => Output {
  let output: Output | undefined;
  return () => {
    if (output !== undefined) return output;
    output = UNTOLD;
    output = answered(
      item,
      walk.statement(item.ctequery, env(), (left) => {
        output = answered(item, left);
      }),
    );
    return output;
  };
}

/** Its columns under the names that it gives them, with those that SEARCH and CYCLE add. */
function answered(item: Tree, output: Output): Output {
  const renamed = renamedOutput(output, names(item.aliascolnames));
  const search = isTree(item.search_clause) ? [item.search_clause.search_seq_column] : [];
  const cycle = isTree(item.cycle_clause)
    ? [item.cycle_clause.cycle_mark_column, item.cycle_clause.cycle_path_column]
    : [];
  return { ...renamed, columns: [...renamed.columns, ...[...search, ...cycle].map(String)] };
}
