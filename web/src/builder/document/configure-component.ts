import { type AppPages, type Component, type Handler, propertyOf } from '@sallyport/contract';
import { sameValue } from '../../lib/same-value.ts';
import { editComponent, editPage } from './edit-page.ts';
import { locate } from './locate.ts';

type Json = Component['props'][string];

function edit(document: AppPages, id: string, change: (component: Component) => Component): AppPages {
  const found = locate(document, id);
  return found ? editPage(document, found.slug, (page) => editComponent(page, id, change)) : document;
}

/** Sets one property; one that equals its default leaves the document (B5). */
export function setProperty(document: AppPages, id: string, name: string, value: Json): AppPages {
  return edit(document, id, (component) => {
    const definition = propertyOf(component.type, name);
    if (!definition) return component;
    const { [name]: _old, ...others } = component.props;
    const props = sameValue(value, definition.default) ? others : { ...component.props, [name]: value };
    return sameValue(props, component.props) ? component : { ...component, props };
  });
}

/** The value of a property as the document has it, or its default. */
export function propertyValue(component: Component, name: string): Json {
  if (Object.hasOwn(component.props, name)) return component.props[name] as Json;
  return (propertyOf(component.type, name)?.default ?? null) as Json;
}

/** Sets the steps of one event; no steps leave no event. */
export function setHandlers(document: AppPages, id: string, event: string, handlers: Handler[]): AppPages {
  return edit(document, id, (component) => {
    const { [event]: _old, ...others } = component.on;
    return { ...component, on: handlers.length === 0 ? others : { ...component.on, [event]: handlers } };
  });
}

/** Sets what a page does when it opens. */
export function setPageHandlers(document: AppPages, slug: string, handlers: Handler[]): AppPages {
  return editPage(document, slug, (page) => ({ ...page, onLoad: handlers }));
}
