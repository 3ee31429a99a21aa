import type { ComponentStates, Components } from './component-states.ts';
import type { SessionHost } from './session-types.ts';
import { shownText } from './shown-text.ts';
import type { UnsavedEdits } from './unsaved-edits.ts';

/**
 * Tells what was typed into inputs that a newer release does not have, so that a person can type it where it belongs now,
 * and waits for it no longer. A password is named, and not shown.
 */
export function tellLeftBehind(
  next: Components,
  { read }: Pick<ComponentStates, 'read'>,
  edits: Pick<UnsavedEdits, 'held' | 'forget'>,
  host: Pick<SessionHost, 'notify'>,
): void {
  const gone = edits.held().filter((id) => !Object.hasOwn(next, id));
  if (gone.length === 0) return;
  const typed = gone.map((id) => {
    const { props, exposed } = read(id);
    const label = shownText(props.label) || id;
    return props.format === 'password' ? label : `${label}: ${shownText(exposed.value)}`;
  });
  host.notify(
    'bad',
    'This release has no field for some of what you typed.',
    `${typed.join('; ')}. Type it again where it belongs.`,
  );
  edits.forget(gone);
}
