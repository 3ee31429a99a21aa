import { sameValue } from '../../lib/same-value.ts';
import type { Dependencies } from '../sandbox/messages.ts';
import type { ComponentStates } from './component-states.ts';
import type { QueryRuns } from './query-runs.ts';
import type { SessionHost } from './session-types.ts';

export interface ChoicesDeps {
  readonly dependencies: () => Dependencies;
  readonly components: () => Pick<ComponentStates, 'read' | 'patch'>;
  readonly runs: () => Pick<QueryRuns, 'read' | 'settled'>;
  readonly isComponent: (id: string) => boolean;
  readonly isSelect: (id: string) => boolean;
  readonly holdsEdit: (id: string) => boolean;
  /** Resolves once expressions have answered what changed until now. */
  readonly evaluated: () => Promise<unknown>;
  readonly host: Pick<SessionHost, 'notify'>;
  readonly focus: (id: string) => void;
}

/** The choices of selects that hang on other inputs (R5). */
export interface Choices {
  /** Of a row as it is, a value stays that is among no choices; another parent's choices are a person's doing. */
  follow(id: string): boolean;
  /**
   * Waits until the selects among these have the choices of what their parents hold now; `at` is busy meanwhile. False when
   * one of them holds something else after that, or when its choices could not be read: nothing is sent that nobody saw.
   */
  arrived(inputs: readonly string[], at?: string): Promise<boolean>;
}

export function createChoices(deps: ChoicesDeps): Choices {
  /** What brings the choices of a select, with the arguments of its queries and of those that these read. */
  const slotsOf = (id: string): ReadonlySet<string> => {
    const all = Object.entries(deps.dependencies());
    const found = new Set(deps.dependencies()[`${id}.options`] ?? []);
    for (const slot of found)
      for (const [binding, read] of all)
        if (binding.startsWith(`query:${rootOf(slot)}:`)) for (const one of read) found.add(one);
    return found;
  };
  const follow = (id: string): boolean => {
    const parents = [...slotsOf(id)].map(rootOf).filter(deps.isComponent);
    return parents.length > 0 && [id, ...parents].some(deps.holdsEdit);
  };
  const wait = async (selects: readonly string[]): Promise<void> => {
    const bringing = [...new Set(selects.flatMap((id) => [...slotsOf(id)].map(rootOf)))];
    // What arrived for one select may be what another hangs on.
    do await deps.evaluated();
    while (await deps.runs().settled(bringing));
  };
  return {
    follow,
    async arrived(inputs, at) {
      const { read, patch } = deps.components();
      const selects = inputs.filter((id) => deps.isSelect(id) && (follow(id) || read(id).aside.length > 0));
      if (selects.length === 0) return true;
      const before = selects.map((id) => read(id).exposed.value);
      if (at !== undefined) patch(at, { busy: read(at).busy + 1 });
      try {
        await wait(selects);
      } finally {
        if (at !== undefined && read(at) !== undefined) patch(at, { busy: read(at).busy - 1 });
      }
      const other = selects.find((id, i) => !sameValue(read(id)?.exposed.value, before[i]));
      if (other !== undefined) {
        deps.focus(other);
        return false;
      }
      const unread = selects.find((id) =>
        [...slotsOf(id)].some((slot) => deps.runs().read(rootOf(slot)).error !== null),
      );
      if (unread === undefined) return true;
      deps.host.notify(
        'bad',
        `The options of ${String(read(unread).props.label || unread)} could not be loaded.`,
        'Nothing was sent. What you typed is kept.',
      );
      deps.focus(unread);
      return false;
    },
  };
}

const rootOf = (slot: string): string => slot.split('.')[0]!;
