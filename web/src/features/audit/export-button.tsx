import { IconDownload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { send } from '../../lib/api.ts';
import { saveBlob } from '../../lib/save-file.ts';
import { may, useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { notify, notifyError } from '../../ui/toast-store.ts';
import { type LogName, logs } from './logs.ts';

/** Takes the whole log away as NDJSON, which the offline verifier reads. It can be stopped. */
export function ExportButton({ log }: { readonly log: LogName }) {
  const me = useMe();
  const [received, setReceived] = useState<number>();
  const control = useRef<AbortController>(undefined);
  const save = async () => {
    control.current = new AbortController();
    setReceived(0);
    try {
      const answer = await send(logs[log].export, {}, { signal: control.current.signal });
      const parts: BlobPart[] = [];
      let bytes = 0;
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        parts.push(part.value);
        bytes += part.value.length;
        setReceived(bytes);
      }
      saveBlob(
        `sallyport-audit-${log === 'installation' ? 'installation-' : ''}${new Date().toISOString().slice(0, 10)}.ndjson`,
        new Blob(parts, { type: 'application/x-ndjson' }),
      );
      notify({
        tone: 'ok',
        title: 'The log was exported',
        text: 'Verify offline… shows how to check it.',
      });
    } catch (error) {
      if (!control.current.signal.aborted) notifyError(error, 'The log was not exported.');
    } finally {
      setReceived(undefined);
    }
  };
  return (
    <>
      {received !== undefined && (
        <Button tone="ghost" onClick={() => control.current?.abort()}>
          Stop
        </Button>
      )}
      <Button
        icon={<IconDownload size={15} stroke={1.75} aria-hidden="true" />}
        busy={received !== undefined && `Exporting… ${(received / 1_048_576).toFixed(1)} MB`}
        disabledReason={
          !may(me, logs[log].export) &&
          `Requires the “${logs[log].export.permission}” permission. Ask an admin.`
        }
        onClick={() => void save()}
      >
        Export
      </Button>
    </>
  );
}
