import type { ComponentType } from '@sallyport/contract';
import { type ComponentStates, isBeyondReach } from './component-states.ts';
import type { QueryRuns } from './query-runs.ts';
import type { Ending } from './session-types.ts';
import { startValueOf } from './start-value-of.ts';

export interface ControlDeps {
  readonly type: (id: string) => ComponentType | undefined;
  readonly components: ComponentStates;
  readonly runs: QueryRuns;
  /** The queries whose rows the expressions of a component read. */
  readonly reads: (id: string) => readonly string[];
  readonly isOpen: (modal: string) => boolean;
  readonly setOpen: (modal: string, open: boolean) => void;
  readonly fire: (id: string, event: string) => Promise<Ending>;
  readonly expose: (id: string, values: Readonly<Record<string, unknown>>) => void;
  readonly focus: (input: string) => void;
  /** Whether an input holds what was typed after the rest was sent. */
  readonly holdsEdit: (input: string) => boolean;
  /** Waits for the choices of what these inputs hang on; false when it is not to be sent. */
  readonly choicesArrived: (inputs: readonly string[], at: string) => Promise<boolean>;
}

/** Every input of a form that a person can reach, marked as visited; the first that is wrong is focused. */
function validateForm(form: string, { components, focus }: ControlDeps): boolean {
  let first: string | null = null;
  for (const id of components.inputsOf(form)) {
    const { props, invalid } = components.read(id);
    if (isBeyondReach(props)) continue;
    components.patch(id, { touched: true });
    if (invalid !== null) first ??= id;
  }
  if (first !== null) focus(first);
  return first === null;
}

async function submitForm(form: string, deps: ControlDeps): Promise<Ending> {
  // A form that is still at work is not sent twice.
  if (deps.components.read(form).busy > 0) return 'cancelled';
  if (!(await deps.choicesArrived(deps.components.inputsOf(form), form))) return 'cancelled';
  if (!validateForm(form, deps)) return 'cancelled';
  const ending = await deps.fire(form, 'onSubmit');
  if (ending === 'done' && deps.components.read(form)?.props.resetAfterSubmit === true) {
    for (const id of deps.components.inputsOf(form)) if (!deps.holdsEdit(id)) deps.components.resetValue(id);
  }
  return ending;
}

/** Does one of the methods that `components.ts` lists; throws a sentence for one that the component does not have. */
export async function controlComponent(
  id: string,
  method: string,
  value: unknown,
  deps: ControlDeps,
): Promise<Ending> {
  const { components } = deps;
  const type = deps.type(id);
  if (type === undefined || components.read(id) === undefined)
    throw new Error(`Component “${id}” does not exist.`);
  switch (`${type === 'table' || type === 'form' || type === 'modal' ? type : 'input'}.${method}`) {
    case 'input.setValue':
      components.setValue(id, startValueOf(type, components.read(id).props, value));
      return 'done';
    case 'input.clearValue':
      components.setValue(id, startValueOf(type, components.read(id).props, null));
      return 'done';
    case 'input.resetValue':
      components.resetValue(id);
      return 'done';
    case 'input.focus':
      deps.focus(id);
      return 'done';
    case 'input.validate':
      components.patch(id, { touched: true });
      return components.read(id).invalid === null ? 'done' : 'cancelled';
    case 'table.refresh': {
      const query = components.read(id).props.query;
      const queries = typeof query === 'string' && query !== '' ? [query] : deps.reads(id);
      const endings = await Promise.all(queries.map((name) => deps.runs.run(name, {})));
      return endings.find((ending) => ending !== 'done') ?? 'done';
    }
    case 'table.clearSelection':
      deps.expose(id, { selectedRow: null, selectedKey: null });
      return 'done';
    case 'form.submit':
      return submitForm(id, deps);
    case 'form.reset':
      for (const input of components.inputsOf(id)) components.resetValue(input);
      return 'done';
    case 'modal.open':
      if (deps.isOpen(id)) return 'done';
      deps.setOpen(id, true);
      return deps.fire(id, 'onOpen');
    case 'modal.close':
      if (!deps.isOpen(id)) return 'done';
      deps.setOpen(id, false);
      return deps.fire(id, 'onClose');
    default:
      throw new Error(`${id} cannot ${method}.`);
  }
}
