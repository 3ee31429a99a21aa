import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { CopyField } from '../../ui/copy-field.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Note } from '../../ui/note.tsx';
import type { TryAnswer, TryState } from './use-try-connection.ts';

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <span className="sp-tn">{Math.max(0, Math.round((now - since) / 1_000))} s</span>;
}

function Egress({ answer }: { readonly answer: TryAnswer }) {
  if (!answer.egress) return null;
  const { allowed, rule, address, reason } = answer.egress;
  return (
    <DefinitionList
      items={[
        ['Egress', `${allowed ? 'Allowed' : 'Refused'} by the rule ${rule}`],
        [
          'Address',
          address === null ? undefined : (
            <span key="a" className="sp-mono">
              {address}
            </span>
          ),
        ],
        ['Because', reason],
      ]}
    />
  );
}

/** What the try is doing or found: progress, the exact error, or the version, the speed and the role. */
export function TryOutcome({ state }: { readonly state: TryState }) {
  switch (state.kind) {
    case 'idle':
      return <p className="sp-t3">Not tested yet. Testing does not save anything.</p>;
    case 'stopped':
      return <p className="sp-t2">Stopped. Nothing was saved.</p>;
    case 'trying':
      return (
        <p className="sp-t2" role="status">
          Resolving, connecting, reading the version and the privileges… <Elapsed since={state.since} />
        </p>
      );
    case 'refused':
      return <ErrorState error={state.error} />;
    case 'answered': {
      const { answer } = state;
      if (!answer.ok) {
        return (
          <div className="sp-col sp-g12" role="alert">
            <div className="sp-row" style={{ alignItems: 'flex-start' }}>
              <IconCircleXFilled size={17} className="sp-bad" aria-hidden="true" style={{ marginTop: 2 }} />
              <div>
                <p className="sp-m">{answer.error?.title ?? 'The connection failed.'}</p>
                {answer.error?.detail && answer.error.detail !== answer.error.title && (
                  <p style={{ overflowWrap: 'anywhere' }}>{answer.error.detail}</p>
                )}
                <p className="sp-t2">{answer.error?.next}</p>
              </div>
            </div>
            <Egress answer={answer} />
          </div>
        );
      }
      return (
        <div className="sp-col sp-g12" role="status">
          <div className="sp-row">
            <IconCircleCheckFilled size={17} className="sp-ok" aria-hidden="true" />
            <span className="sp-m">Connected</span>
            <span className="sp-t3 sp-tn">
              {[answer.serverVersion, answer.latencyMs === null ? null : `${answer.latencyMs.toFixed(1)} ms`]
                .filter(Boolean)
                .join(', ')}
            </span>
          </div>
          {answer.privileges?.exceeds && (
            <Note tone="warn" title={`The role ${answer.privileges.role} has more privileges than needed.`}>
              You can continue, because Sallyport enforces the mode. A role with fewer privileges is safer.
            </Note>
          )}
          {answer.privileges?.remedy && <CopyField text={answer.privileges.remedy} label="Copy statements" />}
          <Egress answer={answer} />
        </div>
      );
    }
  }
}
