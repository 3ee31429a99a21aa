import type { ComponentStates } from './component-states.ts';
import type { SessionHost } from './session-types.ts';

/** What the person typed and has not sent: it is not lost without a question. */
export interface UnsavedEdits {
  /** The person changed this input. */
  note(input: string): void;
  /** Whether any input waits to be sent. */
  any(): boolean;
  /** What was typed into these is sent, or given up. */
  forget(inputs: readonly string[]): void;
  /** Asks when some of these inputs, or of all, hold edits; after a yes they start over. False when the person steps back. */
  mayLose(inputs?: readonly string[]): Promise<boolean>;
}

export function createUnsavedEdits(
  components: Pick<ComponentStates, 'isChanged' | 'resetValue'>,
  host: Pick<SessionHost, 'confirm'>,
  /** Whether what this input holds was sent as it was typed. */
  isSent: (input: string) => boolean,
): UnsavedEdits {
  const noted = new Set<string>();
  // Typed and taken back is no edit.
  const pending = (inputs: Iterable<string>): string[] =>
    [...inputs].filter((id) => noted.has(id) && components.isChanged(id) && !isSent(id));
  const forget = (inputs: readonly string[]): void => {
    for (const id of inputs) noted.delete(id);
  };
  return {
    note: (input) => void noted.add(input),
    any: () => pending(noted).length > 0,
    forget,
    async mayLose(inputs = [...noted]) {
      const lost = pending(inputs);
      if (lost.length === 0) return true;
      const yes = await host.confirm({
        title: 'Discard what you typed?',
        text: 'It was not saved. Nothing in the data source changes.',
        verb: 'Discard',
        danger: true,
      });
      if (!yes) return false;
      for (const id of lost) components.resetValue(id);
      forget(lost);
      return true;
    },
  };
}
