import type { Handler } from '@sallyport/contract';
import {
  IconArrowRight,
  IconBell,
  IconClick,
  IconDatabase,
  IconVariable,
  IconWindowMaximize,
  IconWindowMinimize,
} from '@tabler/icons-react';

export const HANDLER_KINDS: readonly {
  readonly kind: Handler['do'];
  readonly label: string;
  readonly icon: typeof IconBell;
}[] = [
  { kind: 'runQuery', label: 'Run query', icon: IconDatabase },
  { kind: 'setVariable', label: 'Set variable', icon: IconVariable },
  { kind: 'openModal', label: 'Open modal', icon: IconWindowMaximize },
  { kind: 'closeModal', label: 'Close modal', icon: IconWindowMinimize },
  { kind: 'control', label: 'Control component', icon: IconClick },
  { kind: 'notify', label: 'Notify', icon: IconBell },
  { kind: 'goTo', label: 'Go to', icon: IconArrowRight },
];

/** What can be named by a step, in this app. */
export interface Nameable {
  readonly queries: readonly string[];
  readonly variables: readonly string[];
  readonly modals: readonly string[];
  readonly controllable: readonly { readonly id: string; readonly methods: readonly string[] }[];
  readonly pages: readonly { readonly slug: string; readonly title: string }[];
}

/** A new step of a kind, naming the first thing that it can. */
export function newHandler(kind: Handler['do'], names: Nameable): Handler {
  switch (kind) {
    case 'runQuery':
      return { do: kind, query: names.queries[0] ?? 'query1' };
    case 'setVariable':
      return { do: kind, name: names.variables[0] ?? 'variable1', value: null };
    case 'openModal':
    case 'closeModal':
      return { do: kind, modal: names.modals[0] ?? 'modal1' };
    case 'control': {
      const first = names.controllable[0];
      return { do: kind, component: first?.id ?? 'component1', method: first?.methods[0] ?? 'focus' };
    }
    case 'notify':
      return { do: kind, message: 'Done.', tone: 'ok' };
    case 'goTo':
      return { do: kind, page: names.pages[0]?.slug ?? 'home' };
  }
}

/** One line that says what a step does. */
export function describeHandler(handler: Handler): string {
  switch (handler.do) {
    case 'runQuery':
      return `Run ${handler.query}`;
    case 'setVariable':
      return `Set ${handler.name}`;
    case 'openModal':
      return `Open ${handler.modal}`;
    case 'closeModal':
      return `Close ${handler.modal}`;
    case 'control':
      return `${handler.component}.${handler.method}()`;
    case 'notify':
      return `Notify: ${handler.message}`;
    case 'goTo':
      return `Go to ${handler.page ?? handler.url ?? 'nowhere'}`;
  }
}

/** What is wrong with a step as it stands: it names what is not there. */
export function handlerProblem(handler: Handler, names: Nameable): string | undefined {
  const missing = (name: string) => `${name} does not exist.`;
  switch (handler.do) {
    case 'runQuery':
      return names.queries.includes(handler.query) ? undefined : missing(handler.query);
    case 'setVariable':
      return names.variables.includes(handler.name) ? undefined : missing(`variable ${handler.name}`);
    case 'openModal':
    case 'closeModal':
      return names.modals.includes(handler.modal) ? undefined : missing(handler.modal);
    case 'control': {
      const target = names.controllable.find((one) => one.id === handler.component);
      if (!target) return missing(handler.component);
      return target.methods.includes(handler.method) ? undefined : `${target.id} cannot ${handler.method}.`;
    }
    case 'goTo':
      if (handler.page !== undefined) {
        return names.pages.some((page) => page.slug === handler.page)
          ? undefined
          : missing(`page ${handler.page}`);
      }
      return handler.url ? undefined : 'Choose a page or enter an address.';
    case 'notify':
      return undefined;
  }
}
