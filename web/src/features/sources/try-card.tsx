import { useEffect } from 'react';
import { Button } from '../../ui/button.tsx';
import type { PlaceDraft } from './connect-place.tsx';
import { credentialFrom } from './credential-draft.ts';
import { settingsErrors, settingsFrom } from './settings-draft.ts';
import { TryOutcome } from './try-outcome.tsx';
import { useTryConnection } from './use-try-connection.ts';

interface TryCardProps {
  readonly title: string;
  readonly mode: 'read' | 'read-write';
  readonly place: PlaceDraft;
  /** Asks the form to show what is missing. */
  readonly onCheck: () => void;
}

/** Tries what is typed, before anything is saved. Another keystroke makes an old outcome void. */
export function TryCard({ title, mode, place, onCheck }: TryCardProps) {
  const { state, attempt, stop, reset } = useTryConnection();
  // biome-ignore lint/correctness/useExhaustiveDependencies: an outcome belongs to what was typed then
  useEffect(reset, [place, mode, reset]);
  const press = () => {
    onCheck();
    if (Object.keys(settingsErrors(place.settings)).length > 0) return;
    void attempt({
      mode,
      settings: settingsFrom(place.settings),
      credential: credentialFrom(place.credential),
    });
  };
  return (
    <section className="sp-try" aria-label={title}>
      <div className="sp-row">
        <h2 className="sp-section-head" style={{ margin: 0 }}>
          {title}
        </h2>
        <span className="sp-end sp-row">
          {state.kind === 'trying' && (
            <Button size="sm" tone="ghost" onClick={stop}>
              Stop
            </Button>
          )}
          <Button size="sm" busy={state.kind === 'trying' && 'Testing…'} onClick={press}>
            {state.kind === 'answered' || state.kind === 'refused' ? 'Test again' : 'Test'}
          </Button>
        </span>
      </div>
      <TryOutcome state={state} />
    </section>
  );
}
