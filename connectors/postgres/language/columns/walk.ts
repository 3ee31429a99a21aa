import type { Touches } from '../../../language/touches.ts';
import type { RelationName } from '../../../port.ts';
import type { Tree } from '../tree.ts';
import type { Known, Output } from './relation.ts';
import type { Env } from './scope.ts';

/** What the walkers of the kinds of nodes share, and how they reach each other. */
export interface Walk {
  readonly touches: Touches;
  /** Column references that were read, to prove at the end that none was passed over. */
  readonly seen: Set<Tree>;
  known(table: RelationName): Known | undefined;
  /** Counts work that a short text can make long: wide tables taken again and again. Throws `TooWide`. */
  spend(columns: number): void;
  expression(node: unknown, env: Env): void;
  /** A statement inside or at the top; answers its columns. `left` is told those of a UNION's first arm. */
  statement(node: unknown, env: Env, left?: (output: Output) => void): Output;
  select(body: Tree, env: Env, left?: (output: Output) => void): Output;
}

/** Telling would take too long: then every column is meant. */
export class TooWide extends Error {}
