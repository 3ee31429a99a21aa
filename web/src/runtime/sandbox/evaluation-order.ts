import type { BindingSpec } from './messages.ts';

/** What the order needs to know of a binding: what it reads, by slot. */
export interface Ordered {
  readonly spec: BindingSpec;
  readonly reads: readonly string[];
}

const rootOfSlot = (slot: string): string => slot.slice(0, slot.indexOf('.'));

/**
 * Bindings in an order in which each stands after those whose result it reads, and the members of every cycle with a
 * sentence that names them.
 */
export function evaluationOrder(nodes: readonly Ordered[]): {
  readonly order: readonly string[];
  readonly cycles: ReadonlyMap<string, string>;
} {
  const sources = new Map<string, string[]>();
  for (const { spec } of nodes) {
    const produced = spec.publishes === undefined ? [] : [spec.publishes];
    for (const slot of [...produced, ...(spec.feeds ?? [])]) {
      for (const key of [slot, rootOfSlot(slot)]) sources.set(key, [...(sources.get(key) ?? []), spec.id]);
    }
  }
  const byId = new Map(nodes.map((node) => [node.spec.id, node]));
  const order: string[] = [];
  const cycles = new Map<string, string>();
  const done = new Set<string>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const visit = (id: string): void => {
    if (done.has(id)) return;
    if (onStack.has(id)) {
      const members = stack.slice(stack.indexOf(id));
      const names =
        members.length === 1
          ? `${id} refers to itself.`
          : `${members.join(' → ')} → ${id}: they depend on each other.`;
      for (const member of members) cycles.set(member, `Circular reference: ${names}`);
      return;
    }
    stack.push(id);
    onStack.add(id);
    for (const slot of byId.get(id)?.reads ?? []) for (const source of sources.get(slot) ?? []) visit(source);
    stack.pop();
    onStack.delete(id);
    done.add(id);
    order.push(id);
  };
  for (const node of nodes) visit(node.spec.id);
  return { order, cycles };
}
