import { type AppPages, COMPONENTS, type Component, type Handler, propertyOf } from '@sallyport/contract';

import { valueProblem } from './value-problem.ts';

/** Names that expressions already use for something else. */
const RESERVED = new Set([
  'currentUser',
  'constants',
  'variables',
  'url',
  'utils',
  'localStorage',
  'undefined',
  'NaN',
  'Infinity',
]);

export const isReserved = (name: string): boolean => RESERVED.has(name);
export const hasMeaning = (name: string): string => `${name} is reserved in expressions.`;

export interface DocumentProblem {
  /**
   * `structure`: the document has no meaning, and is not saved. `reference`: it names what is not there (yet). `value`: a
   * property holds what its component cannot show.
   */
  readonly kind: 'structure' | 'reference' | 'value';
  readonly path: string;
  readonly message: string;
}

/**
 * What the schema cannot say (rules A1 and A2 of the README). A broken structure is refused at save. A broken reference
 * is normal while somebody works (a query removed before its button), so it is saved, shown, and stops a publication; so
 * is a value that its component cannot show, which only a file written by hand has.
 */
export function documentProblems(pages: AppPages, queries: ReadonlySet<string>): readonly DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const say = (path: string, message: string) => problems.push({ kind: 'structure', path, message });
  const miss = (path: string, message: string) => problems.push({ kind: 'reference', path, message });
  if (!Object.hasOwn(pages.pages, pages.home)) say('home', `Page ${pages.home} does not exist.`);
  for (const name of queries) if (isReserved(name)) say(`queries.${name}`, hasMeaning(name));
  const everywhere = new Map<string, Component>();
  for (const [slug, page] of Object.entries(pages.pages)) {
    for (const [id, component] of Object.entries(page.components)) {
      const path = `pages.${slug}.components.${id}`;
      if (everywhere.has(id)) say(path, `Another page already has a component named ${id}.`);
      if (queries.has(id)) say(path, `A query is already named ${id}.`);
      if (isReserved(id)) say(path, hasMeaning(id));
      everywhere.set(id, component);
    }
  }
  for (const [slug, page] of Object.entries(pages.pages)) {
    for (const [id, component] of Object.entries(page.components)) {
      const path = `pages.${slug}.components.${id}`;
      parentProblem(id, component, page.components, (message) => say(`${path}.parent`, message));
      for (const [name, value] of Object.entries(component.props)) {
        const property = propertyOf(component.type, name);
        if (property === undefined) {
          say(`${path}.props.${name}`, `A ${component.type} has no property ${name}.`);
          continue;
        }
        const message = valueProblem(property, value);
        if (message !== undefined) problems.push({ kind: 'value', path: `${path}.props.${name}`, message });
        else if (property.type.kind === 'query' && value && !queries.has(String(value)))
          miss(`${path}.props.${name}`, `There is no query ${value}.`);
      }
      for (const [event, handlers] of Object.entries(component.on)) {
        if (!(COMPONENTS[component.type].events as readonly string[]).includes(event))
          say(`${path}.on.${event}`, `A ${component.type} has no event ${event}.`);
        handlerProblems(handlers, `${path}.on.${event}`, { pages, queries, components: everywhere, miss });
      }
    }
    handlerProblems(page.onLoad, `pages.${slug}.onLoad`, { pages, queries, components: everywhere, miss });
  }
  return problems;
}

/** Each component is followed to its page: in a chain of all of them that would take minutes, and nobody could see it. */
const DEEPEST = 100;

function parentProblem(
  id: string,
  component: Component,
  siblings: Readonly<Record<string, Component>>,
  say: (message: string) => void,
): void {
  const seen = new Set([id]);
  let at: Component | undefined = component;
  while (at?.parent !== undefined) {
    const parent: Component | undefined = Object.hasOwn(siblings, at.parent)
      ? siblings[at.parent]
      : undefined;
    if (parent === undefined) {
      say(`There is no component ${at.parent} on this page.`);
      return;
    }
    if (!COMPONENTS[parent.type].container) {
      say(`A ${parent.type} cannot hold others.`);
      return;
    }
    if (seen.has(at.parent)) {
      say(`${id} cannot be inside itself.`);
      return;
    }
    if (seen.size > DEEPEST) {
      say(`${id} is nested more than ${DEEPEST} levels deep.`);
      return;
    }
    seen.add(at.parent);
    at = parent;
  }
}

interface Known {
  readonly pages: AppPages;
  readonly queries: ReadonlySet<string>;
  readonly components: ReadonlyMap<string, Component>;
  readonly miss: (path: string, message: string) => void;
}

function handlerProblems(handlers: readonly Handler[], path: string, known: Known): void {
  handlers.forEach((handler, i) => {
    const at = `${path}.${i}`;
    switch (handler.do) {
      case 'runQuery':
        if (!known.queries.has(handler.query))
          known.miss(`${at}.query`, `There is no query ${handler.query}.`);
        handlerProblems(handler.onSuccess ?? [], `${at}.onSuccess`, known);
        handlerProblems(handler.onFailure ?? [], `${at}.onFailure`, known);
        break;
      case 'openModal':
      case 'closeModal':
        if (known.components.get(handler.modal)?.type !== 'modal')
          known.miss(`${at}.modal`, `There is no modal ${handler.modal}.`);
        break;
      case 'control': {
        const target = known.components.get(handler.component);
        if (target === undefined)
          known.miss(`${at}.component`, `There is no component ${handler.component}.`);
        else if (!(COMPONENTS[target.type].methods as readonly string[]).includes(handler.method))
          known.miss(`${at}.method`, `A ${target.type} has no method ${handler.method}.`);
        break;
      }
      case 'goTo':
        if (handler.page !== undefined && !Object.hasOwn(known.pages.pages, handler.page))
          known.miss(`${at}.page`, `There is no page ${handler.page}.`);
        break;
      case 'setVariable':
        if (!Object.hasOwn(known.pages.variables, handler.name))
          known.miss(`${at}.name`, `There is no variable ${handler.name}.`);
        break;
      case 'notify':
        break;
    }
  });
}
