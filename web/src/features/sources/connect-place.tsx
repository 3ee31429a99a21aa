import type { ReactNode } from 'react';
import type { CredentialDraft } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import { SettingsFields } from './settings-fields.tsx';

/** What is typed for one environment. */
export interface PlaceDraft {
  readonly settings: SettingsDraft;
  readonly credential: CredentialDraft;
}

interface ConnectPlaceProps {
  readonly legend: ReactNode;
  readonly draft: PlaceDraft;
  readonly errors: Partial<Record<keyof SettingsDraft, string>>;
  readonly onChange: (draft: PlaceDraft) => void;
}

/** Address and credential of one environment. */
export function ConnectPlace({ legend, draft, errors, onChange }: ConnectPlaceProps) {
  return (
    <fieldset className="sp-fieldset">
      <legend className="sp-connect-legend">{legend}</legend>
      <SettingsFields
        draft={draft.settings}
        errors={errors}
        onChange={(settings) => onChange({ ...draft, settings })}
      />
      <CredentialFields
        engine={draft.settings.engine}
        draft={draft.credential}
        onChange={(credential) => onChange({ ...draft, credential })}
      />
    </fieldset>
  );
}
