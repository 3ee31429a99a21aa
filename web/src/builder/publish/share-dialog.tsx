import { Modal } from '@mantine/core';
import { AppSettingsForm } from '../../ui/app-settings-form.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';

/** The app's name and address, and who may open its releases. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { editor } = useBuilder();
  const app = useEditor((s) => s.app);
  const address = `${location.origin}/a/${app.slug}`;
  return (
    <Modal opened onClose={onClose} title={`Share ${app.name}`}>
      <AppSettingsForm app={app} onSaved={(saved) => editor.getState().set({ app: saved })} onClose={onClose}>
        {app.release ? (
          <div className="sp-row">
            <a href={address} target="_blank" rel="noopener" className="sp-mono sp-cut">
              {address}
            </a>
            <CopyButton text={address} label="Copy the address" />
          </div>
        ) : (
          <p className="sp-hint" style={{ margin: 0 }}>
            Not published yet: members find nothing at its address.
          </p>
        )}
      </AppSettingsForm>
    </Modal>
  );
}
