import { Modal } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reading } from '../../lib/reading.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { type LogName, logs } from './logs.ts';

/** How to check the log without this server: the export, the public key, one command. */
export function VerifyOffline({ log }: { readonly log: LogName }) {
  const [opened, setOpened] = useState(false);
  const point = useQuery({ ...reading(logs[log].checkpoint), enabled: opened });
  return (
    <>
      <Button
        icon={<IconShieldCheck size={15} stroke={1.75} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        Verify offline…
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title="Verify the log without trusting this server"
        size={640}
      >
        <ol className="sp-col sp-g16">
          <li>
            <p className="sp-m">1. Save the public key somewhere this server cannot change it.</p>
            {point.data ? (
              <CopyField text={point.data.publicKey} label="Copy public key" />
            ) : (
              <SkeletonLines lines={1} />
            )}
          </li>
          <li>
            <p className="sp-m">2. Export the log.</p>
            <p className="sp-t2">
              With the “Export” button, or with an API token in a clone of Sallyport after npm ci:
            </p>
            <CopyField
              text={`npx sallyport audit export${log === 'installation' ? ' --installation' : ''} --url ${location.origin} --out audit.ndjson`}
            />
          </li>
          <li>
            <p className="sp-m">3. Verify it offline, in a clone of Sallyport on a machine of your own.</p>
            <CopyField
              text={`npx sallyport audit verify audit.ndjson --key '${point.data?.publicKey ?? '<public key>'}'`}
            />
            <p className="sp-hint">
              It reports the first record that was edited, deleted, inserted or reordered, and whether the end
              is missing.
            </p>
          </li>
          {point.data?.checkpoint && (
            <li>
              <p className="sp-m">Latest checkpoint, to compare later</p>
              <CopyField text={point.data.checkpoint} label="Copy checkpoint" />
            </li>
          )}
        </ol>
      </Modal>
    </>
  );
}
