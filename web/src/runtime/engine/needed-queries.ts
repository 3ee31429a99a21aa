import type { AppPages } from '@sallyport/contract';
import type { BindingSpec, Dependencies } from '../sandbox/messages.ts';
import { groupOfModal, groupOfPage, groupOfQuery, modalAround } from './definition-of.ts';

/**
 * The queries that something on the screen reads, and those that their arguments read in turn. A query that nothing
 * shows does not run by itself.
 */
export function neededQueries(
  pages: AppPages,
  bindings: readonly BindingSpec[],
  dependencies: Dependencies,
  active: ReadonlySet<string>,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const needed = new Set<string>();
  const byGroup = new Map<string, BindingSpec[]>();
  for (const binding of bindings)
    byGroup.set(binding.group, [...(byGroup.get(binding.group) ?? []), binding]);
  const add = (name: string): void => {
    if (!names.has(name) || needed.has(name)) return;
    needed.add(name);
    readGroup(groupOfQuery(name));
  };
  const readGroup = (group: string): void => {
    for (const binding of byGroup.get(group) ?? []) {
      for (const slot of dependencies[binding.id] ?? []) add(slot.split('.')[0]!);
    }
  };
  for (const group of active) if (!group.startsWith('query:')) readGroup(group);
  for (const [slug, page] of Object.entries(pages.pages)) {
    for (const [id, component] of Object.entries(page.components)) {
      if (component.type !== 'table' || typeof component.props.query !== 'string') continue;
      const modal = modalAround(page.components, id);
      if (active.has(modal === null ? groupOfPage(slug) : groupOfModal(modal))) add(component.props.query);
    }
  }
  return needed;
}
