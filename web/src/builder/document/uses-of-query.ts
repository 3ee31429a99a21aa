import { type AppPages, COMPONENTS, type Draft, type Handler } from '@sallyport/contract';
import { namesIn } from './names-in.ts';

/** The components (and pages) that name a query in a binding, an event or a table's query, and the other queries that read it. */
export function usesOfQuery(document: AppPages, queries: Draft['queries'], name: string): string[] {
  const uses: string[] = [];
  for (const page of Object.values(document.pages)) {
    if (inHandlers(page.onLoad, name)) uses.push(`page ${page.title}`);
    for (const [id, component] of Object.entries(page.components)) {
      const direct = Object.entries(COMPONENTS[component.type].properties).some(
        ([property, definition]) => definition.type.kind === 'query' && component.props[property] === name,
      );
      const handlers = Object.values(component.on).some((list) => inHandlers(list, name));
      if (direct || handlers || namesIn(component.props).includes(name)) uses.push(id);
    }
  }
  for (const [other, query] of Object.entries(queries))
    if (other !== name && namesIn(query.document).includes(name)) uses.push(other);
  return uses;
}

function inHandlers(handlers: readonly Handler[], name: string): boolean {
  return handlers.some(
    (handler) =>
      namesIn(handler).includes(name) ||
      (handler.do === 'runQuery' &&
        (handler.query === name ||
          inHandlers(handler.onSuccess ?? [], name) ||
          inHandlers(handler.onFailure ?? [], name))),
  );
}
