import type { ComponentStates } from './component-states.ts';
import type { SessionHost } from './session-types.ts';

/** What the person typed and has not sent: it is not lost without a question. */
export interface UnsavedEdits {
  /** The person changed this input. */
  note(input: string): void;
  /** The inputs that wait to be sent. */
  held(): readonly string[];
  /** Whether it holds an edit that nobody is sending. */
  holds(input: string): boolean;
  /** What was typed into these is being sent; the answer takes whether it was. What is typed meanwhile is another edit. */
  send(inputs: readonly string[]): (sent: boolean) => void;
  /** What was typed into these is given up. */
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
  const underWay = new Set<string>();
  // Typed and taken back is no edit.
  const pending = (inputs: readonly string[]): string[] =>
    inputs.filter((id) => (noted.has(id) || underWay.has(id)) && components.isChanged(id) && !isSent(id));
  const all = (): string[] => [...noted, ...underWay];
  const forget = (inputs: readonly string[]): void => {
    for (const id of inputs) {
      noted.delete(id);
      underWay.delete(id);
    }
  };
  return {
    note(input) {
      noted.add(input);
      underWay.delete(input);
    },
    held: () => pending(all()),
    holds: (input) => noted.has(input) && components.isChanged(input),
    send(inputs) {
      const mine = inputs.filter((id) => noted.delete(id));
      for (const id of mine) underWay.add(id);
      return (sent) => {
        for (const id of mine) if (underWay.delete(id) && !sent) noted.add(id);
      };
    },
    forget,
    async mayLose(inputs = all()) {
      const lost = pending(inputs);
      if (lost.length === 0) return true;
      const yes = await host.confirm({
        title: 'Discard changes?',
        text: 'Your changes were not saved. Nothing in the data source changes.',
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
