import { type AppPages, COMPONENTS, type Component, type Handler } from '@sallyport/contract';
import { mapHoles } from './holes.ts';
import { type Rename, renameInExpression } from './rename-expression.ts';

const inText = (text: string, rename: Rename): string =>
  text.includes('{{') ? mapHoles(text, (expression) => renameInExpression(expression, rename)) : text;

/** Rewrites every string of a JSON value; returns the same value when nothing changed, so that memos hold. */
export function renameInValue<T>(value: T, rename: Rename): T {
  if (typeof value === 'string') return inText(value, rename) as T;
  if (Array.isArray(value)) {
    const next = value.map((item) => renameInValue(item, rename));
    return next.every((item, i) => item === value[i]) ? value : (next as T);
  }
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const next: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    next[key] = renameInValue(item, rename);
    if (next[key] !== item) changed = true;
  }
  return changed ? (next as T) : value;
}

/** Handlers name things directly as well as in expressions. */
function renameInHandlers(handlers: Handler[], rename: Rename): Handler[] {
  const next = handlers.map((handler) => renameInHandler(handler, rename));
  return next.every((handler, i) => handler === handlers[i]) ? handlers : next;
}

function renameInHandler(handler: Handler, rename: Rename): Handler {
  const { from, to, kind } = rename;
  const plain = renameInValue(handler, rename);
  switch (plain.do) {
    case 'runQuery':
      return kind === 'query' && plain.query === from
        ? { ...renameSteps(plain, rename), query: to }
        : renameSteps(plain, rename);
    case 'setVariable':
      return kind === 'variable' && plain.name === from ? { ...plain, name: to } : plain;
    case 'openModal':
    case 'closeModal':
      return kind === 'component' && plain.modal === from ? { ...plain, modal: to } : plain;
    case 'control':
      return kind === 'component' && plain.component === from ? { ...plain, component: to } : plain;
    case 'notify':
    case 'goTo':
      return plain;
  }
}

function renameSteps(
  handler: Extract<Handler, { do: 'runQuery' }>,
  rename: Rename,
): Extract<Handler, { do: 'runQuery' }> {
  const onSuccess = handler.onSuccess && renameInHandlers(handler.onSuccess, rename);
  const onFailure = handler.onFailure && renameInHandlers(handler.onFailure, rename);
  if (onSuccess === handler.onSuccess && onFailure === handler.onFailure) return handler;
  return { ...handler, ...(onSuccess && { onSuccess }), ...(onFailure && { onFailure }) };
}

function renameInComponent(component: Component, rename: Rename): Component {
  let props = renameInValue(component.props, rename);
  if (rename.kind === 'query') {
    for (const [name, definition] of Object.entries(COMPONENTS[component.type].properties)) {
      if (definition.type.kind === 'query' && props[name] === rename.from)
        props = { ...props, [name]: rename.to };
    }
  }
  let on = component.on;
  for (const [event, handlers] of Object.entries(component.on)) {
    const next = renameInHandlers(handlers, rename);
    if (next !== handlers) on = { ...on, [event]: next };
  }
  const moved = rename.kind === 'component' && component.parent === rename.from;
  if (props === component.props && on === component.on && !moved) return component;
  return { ...component, props, on, ...(moved && { parent: rename.to }) };
}

/** The document after a rename: the thing itself and every reference to it. */
export function renameInPages(document: AppPages, rename: Rename): AppPages {
  const pages = Object.fromEntries(
    Object.entries(document.pages).map(([slug, page]) => {
      let changed = false;
      const components: Record<string, Component> = {};
      for (const [id, component] of Object.entries(page.components)) {
        const next = renameInComponent(component, rename);
        const name = rename.kind === 'component' && id === rename.from ? rename.to : id;
        components[name] = next;
        if (next !== component || name !== id) changed = true;
      }
      const onLoad = renameInHandlers(page.onLoad, rename);
      return [slug, changed || onLoad !== page.onLoad ? { ...page, components, onLoad } : page];
    }),
  );
  let variables = renameInValue(document.variables, rename);
  if (rename.kind === 'variable' && Object.hasOwn(variables, rename.from)) {
    variables = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name === rename.from ? rename.to : name, value]),
    );
  }
  return { ...document, pages, variables };
}
