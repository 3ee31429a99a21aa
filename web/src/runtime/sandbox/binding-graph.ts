import { sameValue } from '../../lib/same-value.ts';
import { checkNames } from './check-names.ts';
import { compileTemplate, type Template } from './compile-template.ts';
import { evaluationOrder } from './evaluation-order.ts';
import { freezeDeep } from './freeze-deep.ts';
import { messageOf } from './message-of.ts';
import type {
  BindingResult,
  BindingSpec,
  Definition,
  Dependencies,
  Outcome,
  SlotChange,
} from './messages.ts';
import { plainValue } from './plain-value.ts';

interface Node {
  readonly spec: BindingSpec;
  readonly template: Template | null;
  /** A reason that does not depend on values: bad syntax, an unknown name, a circle. */
  readonly refused: string | null;
  readonly reads: readonly string[];
  dirty: boolean;
  last: Outcome | null;
}

export interface BindingGraph {
  define(definition: Definition, blocked: Readonly<Record<string, string>>): Dependencies;
  set(slots: readonly SlotChange[]): void;
  activate(groups: readonly string[]): void;
  /** Evaluates what changed and is active; answers the results that differ from before. */
  flush(starting: (id: string) => void): BindingResult[];
  evaluate(template: string): Outcome;
}

const slotOf = (root: string, property: string | null): string =>
  property === null ? root : `${root}.${property}`;

/**
 * The bindings of an app and the values that they read. Only dependents of a change are evaluated, in the order of
 * their references; only changed results are answered; an error stays at its own binding.
 */
export function createBindingGraph(): BindingGraph {
  const scope: Record<string, Readonly<Record<string, unknown>>> = {};
  const compiled = new Map<string, Template | Error>();
  let definition: Definition = { roots: {}, bindings: [], active: [] };
  let nodes = new Map<string, Node>();
  let inOrder: readonly Node[] = [];
  let readers = new Map<string, Node[]>();
  let active: ReadonlySet<string> = new Set();
  let awaited: ReadonlySet<string> = new Set();

  const compile = (text: string): Template => {
    let known = compiled.get(text);
    if (known === undefined) {
      if (compiled.size > 5_000) compiled.clear();
      try {
        known = compileTemplate(text);
      } catch (error) {
        known = error instanceof Error ? error : new Error(String(error));
      }
      compiled.set(text, known);
    }
    if (known instanceof Error) throw known;
    return known;
  };

  const setSlot = (root: string, property: string, value: unknown): void => {
    const before = scope[root];
    if (before !== undefined && Object.hasOwn(before, property) && sameValue(before[property], value)) return;
    freezeDeep(value);
    scope[root] = Object.freeze({ ...before, [property]: value });
    for (const key of [root, slotOf(root, property)])
      for (const node of readers.get(key) ?? []) node.dirty = true;
  };

  const outcomeOf = (template: Template): Outcome => {
    const raw = template.run(scope);
    if (template.path !== null && typeof raw === 'object' && raw !== null) return { path: template.path };
    return { value: plainValue(raw) };
  };

  const tried = (run: () => Outcome): Outcome => {
    try {
      return run();
    } catch (error) {
      return { error: messageOf(error) };
    }
  };

  const waits = ({ reads }: Node): boolean =>
    reads.some((slot) => awaited.has(slot) && readOutcome({ path: slot.split('.') }, scope) == null);

  const same = (a: Outcome | null, b: Outcome): boolean => {
    if (a === null) return false;
    // What lies at a path changed, or the binding would not have been evaluated.
    if ('path' in a || 'path' in b) return false;
    if ('error' in a || 'error' in b) return 'error' in a && 'error' in b && a.error === b.error;
    return sameValue(a.value, b.value);
  };

  return {
    define(next, blocked) {
      const previous = nodes;
      definition = next;
      const drafts = next.bindings.map((spec) => {
        try {
          const template = compile(spec.template);
          const refused = blocked[spec.id] ?? checkNames(template.uses, next.roots);
          return { spec, template, refused, reads: template.uses.map((u) => slotOf(u.root, u.property)) };
        } catch (error) {
          return { spec, template: null, refused: messageOf(error), reads: [] };
        }
      });
      const { order, cycles } = evaluationOrder(drafts.filter((draft) => draft.spec.lazy !== true));
      nodes = new Map();
      readers = new Map();
      for (const draft of drafts) {
        const id = draft.spec.id;
        const old = previous.get(id);
        const refused = draft.refused ?? cycles.get(id) ?? null;
        const kept =
          old !== undefined && old.spec.template === draft.spec.template && old.refused === refused;
        const last = kept || draft.spec.lazy === true ? (old?.last ?? null) : null;
        const node: Node = { ...draft, refused, dirty: !kept || old.dirty, last };
        nodes.set(id, node);
        for (const slot of node.reads) readers.set(slot, [...(readers.get(slot) ?? []), node]);
      }
      for (const root of Object.keys(next.roots)) scope[root] ??= Object.freeze({});
      const lazy = drafts.filter((draft) => draft.spec.lazy === true).map((draft) => draft.spec.id);
      inOrder = [...order, ...lazy].map((id) => nodes.get(id)!);
      active = new Set(next.active);
      awaited = new Set(next.awaited);
      return Object.fromEntries(drafts.map((draft) => [draft.spec.id, draft.reads]));
    },
    set(slots) {
      for (const [root, property, value] of slots) setSlot(root, property, value);
    },
    activate(groups) {
      active = new Set(groups);
    },
    flush(starting) {
      const results: BindingResult[] = [];
      for (const node of inOrder) {
        const { spec, template, refused } = node;
        // A refusal is shown wherever the field is; a value is wanted only where it can be seen.
        if (refused === null && spec.lazy === true) {
          // It was refused before, and is not any more.
          if (node.last !== null) results.push({ id: spec.id, value: null });
          node.last = null;
          continue;
        }
        if (!node.dirty || (refused === null && !active.has(spec.group))) continue;
        node.dirty = false;
        let outcome: Outcome;
        if (refused !== null || template === null) {
          outcome = { error: refused ?? 'This is not a valid expression.' };
        } else {
          starting(spec.id);
          outcome = tried(() => outcomeOf(template));
          if ('error' in outcome && spec.patient === true && waits(node)) outcome = { value: null };
        }
        if (same(node.last, outcome)) continue;
        node.last = outcome;
        results.push({ id: spec.id, ...outcome });
        if (spec.publishes !== undefined) {
          const dot = spec.publishes.indexOf('.');
          setSlot(spec.publishes.slice(0, dot), spec.publishes.slice(dot + 1), readOutcome(outcome, scope));
        }
      }
      return results;
    },
    evaluate(text) {
      return tried(() => {
        const template = compile(text);
        const refused = checkNames(template.uses, definition.roots);
        return refused === null ? outcomeOf(template) : { error: refused };
      });
    },
  };
}

function readOutcome(outcome: Outcome, scope: Readonly<Record<string, unknown>>): unknown {
  if ('error' in outcome) return null;
  if ('value' in outcome) return outcome.value;
  return outcome.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    scope,
  );
}
