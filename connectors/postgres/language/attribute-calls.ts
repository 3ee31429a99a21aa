import { as, isTree, list, names, type Tree } from './tree.ts';

/** A name after a dot that may be a function's. */
export interface AttributeCall {
  readonly name: string;
  /** In bytes, where the tree says one. */
  readonly location: number | null;
}

/**
 * Names after a dot that may call a function: `(v).f` is `f(v)` of any value, and so is `x.f` where `x` is what a function
 * in FROM answers. Of a row of a table, only a function that takes rows is called so, and none of the engine's that reach
 * beyond a query does. https://www.postgresql.org/docs/18/sql-expressions.html#FIELD-SELECTION
 */
export function attributeCalls(statement: Tree): AttributeCall[] {
  const found: AttributeCall[] = [];
  const qualified: (AttributeCall & { readonly of: string })[] = [];
  /** What stands in FROM: names of functions' answers, and of everything else. */
  const answers = new Set<string>();
  const tables = new Set<string>();
  let unnamed = false;
  const waiting: unknown[] = [statement];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isTree(next)) continue;
    waiting.push(...Object.values(next));
    for (const name of names(as(next, 'A_Indirection')?.indirection)) found.push({ name, location: null });
    const reference = as(next, 'ColumnRef');
    const path = names(reference?.fields);
    if (reference !== null && path.length > 1)
      qualified.push({
        name: path.at(-1) ?? '',
        of: path.at(-2) ?? '',
        location: typeof reference.location === 'number' ? reference.location : null,
      });
    const answer = as(next, 'RangeFunction');
    if (answer !== null) {
      const name = aliasOf(answer) ?? ownName(answer);
      if (name === null) unnamed = true;
      else answers.add(name);
    }
    const alias = answer === null ? aliasOf(next) : null;
    if (alias !== null) tables.add(alias);
    if (typeof next.relname === 'string') tables.add(next.relname);
  }
  const isAnswer = (name: string) => unnamed || answers.has(name) || !tables.has(name);
  if (answers.size > 0 || unnamed) found.push(...qualified.filter(({ of }) => isAnswer(of)));
  return found;
}

function aliasOf(node: Tree): string | null {
  const alias = isTree(node.alias) ? node.alias.aliasname : undefined;
  return typeof alias === 'string' ? alias : null;
}

/** The name of a function that stands in FROM without another; of `current_user` and the like, none is told. */
function ownName(answer: Tree): string | null {
  const [first] = list(as(list(answer.functions)[0], 'List')?.items);
  return names(as(first, 'FuncCall')?.funcname).at(-1) ?? null;
}
