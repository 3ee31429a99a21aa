import { type AppBundle, type Component, QueryDocument, sparseComponent } from '@sallyport/contract';

type Query = AppBundle['queries'][string];

/** The settings of a query that differ from what an absent one means; the statement itself is kept. */
export function sparseQuery(query: Query): Record<string, unknown> {
  const least =
    query.kind === 'sql'
      ? { kind: 'sql', source: query.source, text: '' }
      : { kind: 'rest', source: query.source, method: query.method, path: '' };
  const defaults = QueryDocument.parse(least) as Record<string, unknown>;
  const always = new Set(['kind', 'source', 'method', 'path', 'text']);
  return pick<unknown>(
    query as Record<string, unknown>,
    (name, value) => always.has(name) || !same(value, defaults[name]),
  );
}

/** A component as the folder writes it: what is empty is left out as well. */
export function writtenComponent(component: Component): Record<string, unknown> {
  const { props, on } = sparseComponent(component);
  return {
    type: component.type,
    ...(component.parent === undefined ? {} : { parent: component.parent }),
    order: component.order,
    layout: component.layout,
    ...(Object.keys(props).length === 0 ? {} : { props }),
    ...(Object.keys(on).length === 0 ? {} : { on }),
  };
}

function pick<T>(
  from: Readonly<Record<string, T>>,
  keep: (name: string, value: T) => boolean,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(from).filter(([name, value]) => value !== undefined && keep(name, value)),
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
