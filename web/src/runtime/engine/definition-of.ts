import type { AppPages, Component, ComponentType, Handler, QuerySignature } from '@sallyport/contract';
import { COMPONENTS, propertyOf } from '@sallyport/contract';
import { ancestorsOf } from '../layout/component-tree.ts';
import type { BindingSpec, Definition } from '../sandbox/messages.ts';

export const isTemplate = (value: unknown): value is string =>
  typeof value === 'string' && value.includes('{{');

const QUERY_NAMES = [
  'data',
  'error',
  'isFetching',
  'lastRunAt',
  'total',
  'changed',
  'truncated',
  'headers',
] as const;

/** The property whose evaluated value is at once what expressions read, by the same name. */
export const PUBLISHED: Partial<Record<ComponentType, string>> = { text: 'text', statistic: 'value' };

export const groupOfPage = (slug: string): string => `page:${slug}`;
export const groupOfModal = (id: string): string => `modal:${id}`;
export const groupOfQuery = (name: string): string => `query:${name}`;

/** The nearest modal around a component, itself included. */
export function modalAround(components: Record<string, Component>, id: string): string | null {
  return [id, ...ancestorsOf({ components }, id)].find((one) => components[one]?.type === 'modal') ?? null;
}

/** Every string with `{{ }}` in a value, each with the way to it: of a step, the id of its binding. */
export function templatesIn(value: unknown, path: string): [string, string][] {
  if (isTemplate(value)) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((entry, i) => templatesIn(entry, `${path}:${i}`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) => templatesIn(entry, `${path}:${key}`));
  }
  return [];
}

const handlerBindings = (handlers: readonly Handler[], id: string, group: string): BindingSpec[] =>
  handlers.flatMap((handler, i) =>
    templatesIn(handler, `on:${id}:${i}`).map(([path, template]) => ({
      id: path,
      template,
      group,
      lazy: true,
    })),
  );

function componentBindings(id: string, component: Component, group: string): BindingSpec[] {
  const props = Object.entries(component.props).flatMap(([name, value]): BindingSpec[] => {
    if (!isTemplate(value) || propertyOf(component.type, name)?.bindable !== true) return [];
    const slot = `${id}.${name}`;
    const isPublished = PUBLISHED[component.type] === name;
    const exposes: readonly string[] = COMPONENTS[component.type].exposes;
    return [
      {
        id: slot,
        template: value,
        group,
        patient: true,
        ...(isPublished && { publishes: slot }),
        ...(!isPublished &&
          name === 'value' &&
          exposes.includes('value') && {
            feeds: ['value', 'label', 'valid']
              .filter((one) => exposes.includes(one))
              .map((one) => `${id}.${one}`),
          }),
        ...(component.type === 'table' && name === 'data' && { feeds: [`${id}.rows`] }),
      },
    ];
  });
  const events = Object.entries(component.on).flatMap(([event, handlers]) =>
    handlerBindings(handlers, `${id}:${event}`, group),
  );
  return [...props, ...events];
}

/** Every binding of an app and every name that its expressions may use. */
export function definitionOf(
  pages: AppPages,
  queries: Readonly<Record<string, QuerySignature>>,
): Omit<Definition, 'active'> {
  const roots: Record<string, readonly string[] | null> = {
    currentUser: ['id', 'name', 'email', 'role', 'groups', 'attributes'],
    url: ['searchParams', 'page'],
    variables: Object.keys(pages.variables),
  };
  const bindings: BindingSpec[] = [];
  const awaited: string[] = [];
  const all = Object.values(pages.pages).flatMap((page) => Object.entries(page.components));
  /** What each run changes. What it may change and settle, such as a total that a page number is held to, is no circle. */
  const fedBy = (query: string): string[] => [
    ...['data', 'isFetching', 'lastRunAt'].map((one) => `${query}.${one}`),
    ...all.flatMap(([id, { type, props }]) =>
      type === 'table' && props.query === query ? [`${id}.rows`] : [],
    ),
  ];
  for (const [name, signature] of Object.entries(queries)) {
    roots[name] = QUERY_NAMES;
    awaited.push(`${name}.data`);
    for (const argument of signature.arguments) {
      bindings.push({
        id: `query:${name}:${argument.name}`,
        template: `{{ ${argument.expression} }}`,
        group: groupOfQuery(name),
        ...(runsByItself(signature) ? { feeds: fedBy(name) } : {}),
      });
    }
  }
  for (const [slug, page] of Object.entries(pages.pages)) {
    for (const [id, component] of Object.entries(page.components)) {
      roots[id] = COMPONENTS[component.type].exposes;
      if (component.type === 'table') awaited.push(`${id}.selectedRow`, `${id}.selectedKey`);
      const modal = modalAround(page.components, id);
      bindings.push(
        ...componentBindings(id, component, modal === null ? groupOfPage(slug) : groupOfModal(modal)),
      );
    }
    bindings.push(...handlerBindings(page.onLoad, `page:${slug}:onLoad`, groupOfPage(slug)));
  }
  return { roots, bindings, awaited };
}

/** A write never runs by itself, whatever its document says. */
export const runsByItself = (signature: QuerySignature): boolean =>
  signature.run === 'auto' && signature.effect === 'read';
