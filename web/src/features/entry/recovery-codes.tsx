import { IconDownload } from '@tabler/icons-react';
import { saveText } from '../../lib/save-file.ts';
import { useUnsentWork } from '../../lib/unsent-work.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { focusOnce } from '../../ui/focus-once.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly kept: string;
  readonly onKept: () => void;
}

/** The recovery codes, once, with ways to keep them. */
export function RecoveryCodes({ codes, kept, onKept }: RecoveryCodesProps) {
  const text = codes.join('\n');
  useUnsentWork(() => true);
  return (
    <div className="sp-fields">
      <ul className="sp-recovery" aria-label="Recovery codes" tabIndex={-1} ref={focusOnce}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="sp-row">
        <Button
          icon={<IconDownload size={15} stroke={1.75} aria-hidden="true" />}
          onClick={() => saveText('sallyport-recovery-codes.txt', `${text}\n`)}
        >
          Download
        </Button>
        <CopyButton text={text} label="Copy all codes" />
      </div>
      <div>
        <Button tone="primary" size="lg" onClick={onKept}>
          {kept}
        </Button>
      </div>
    </div>
  );
}
