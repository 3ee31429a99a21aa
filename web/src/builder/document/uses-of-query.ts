import { type AppPages, COMPONENTS, type Handler } from '@sallyport/contract';
import { findHoles } from './holes.ts';
import { referencesOf } from './references.ts';

/** The components (and pages) that name a query: in a binding, an event or a table's query. */
export function usesOfQuery(document: AppPages, name: string): string[] {
  const uses: string[] = [];
  for (const page of Object.values(document.pages)) {
    if (inHandlers(page.onLoad, name)) uses.push(`page ${page.title}`);
    for (const [id, component] of Object.entries(page.components)) {
      const direct = Object.entries(COMPONENTS[component.type].properties).some(
        ([property, definition]) => definition.type.kind === 'query' && component.props[property] === name,
      );
      const handlers = Object.values(component.on).some((list) => inHandlers(list, name));
      if (direct || handlers || inValue(component.props, name)) uses.push(id);
    }
  }
  return uses;
}

function inHandlers(handlers: readonly Handler[], name: string): boolean {
  return handlers.some(
    (handler) =>
      inValue(handler, name) ||
      (handler.do === 'runQuery' &&
        (handler.query === name ||
          inHandlers(handler.onSuccess ?? [], name) ||
          inHandlers(handler.onFailure ?? [], name))),
  );
}

function inValue(value: unknown, name: string): boolean {
  if (typeof value === 'string') {
    return findHoles(value).some((hole) => referencesOf(hole.expression).some((one) => one.name === name));
  }
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((item) => inValue(item, name))
  );
}
