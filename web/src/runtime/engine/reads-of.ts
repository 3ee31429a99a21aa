import type { Dependencies } from '../sandbox/messages.ts';

/**
 * By component, the queries whose rows its properties read. One whose failure it reads too is left out: it says that
 * itself.
 */
export function readsOf(
  dependencies: Dependencies,
  isRead: (query: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const slots = new Map<string, Set<string>>();
  for (const [binding, read] of Object.entries(dependencies)) {
    // A property is `component.name`; steps, arguments and pages have a colon.
    if (binding.includes(':')) continue;
    const component = binding.slice(0, binding.indexOf('.'));
    const known = slots.get(component) ?? new Set();
    for (const slot of read) known.add(slot);
    slots.set(component, known);
  }
  const reads = new Map<string, readonly string[]>();
  for (const [component, known] of slots) {
    const queries = [...known]
      .filter((slot) => slot.endsWith('.data'))
      .map((slot) => slot.slice(0, -'.data'.length))
      .filter((query) => isRead(query) && !known.has(`${query}.error`) && !known.has(query));
    if (queries.length > 0) reads.set(component, queries);
  }
  return reads;
}
