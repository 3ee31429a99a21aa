import { type AppPages, COMPONENTS, type Handler } from '@sallyport/contract';
import { namesIn } from './names-in.ts';

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
      if (direct || handlers || namesIn(component.props).includes(name)) uses.push(id);
    }
  }
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
