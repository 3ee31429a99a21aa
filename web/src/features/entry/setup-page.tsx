import './entry.css';
import { setup } from '@sallyport/contract';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { reading } from '../../lib/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { InstallationChecks } from './installation-checks.tsx';
import { OwnerForm } from './owner-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecondFactorSteps } from './second-factor-steps.tsx';

const route = getRouteApi('/setup');
const steps = ['Owner', 'Two-factor', 'Recovery codes'];

/** Creates the owner, once, with the printed link; then offers the second step while the password is at hand. */
export function SetupPage() {
  const { token } = route.useSearch();
  const navigate = useNavigate();
  const waiting = useQuery({ ...reading(setup.getSetup), staleTime: Number.POSITIVE_INFINITY });
  const [step, setStep] = useState(0);
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[]>([]);
  useEffect(() => {
    document.title = 'Set up · Sallyport';
  }, []);
  const owned = step === 0 && waiting.data?.needed === false;
  const finish = () => void navigate({ to: '/' });
  return (
    <div className="sp-setup">
      <main className="sp-setup-form">
        <div>
          <div className="sp-row sp-b" style={{ fontSize: 15 }}>
            <Mark size={22} />
            Sallyport
          </div>
          <ol className="sp-steps" aria-label="Steps" hidden={owned}>
            {steps.map((name, at) => (
              <li
                key={name}
                aria-current={at === step ? 'step' : undefined}
                data-done={at < step || undefined}
              >
                <i>{at < step ? <IconCheck size={12} stroke={3} aria-label="Done" /> : at + 1}</i>
                <span>{name}</span>
              </li>
            ))}
          </ol>
          {waiting.isPending && <SkeletonLines lines={6} height={48} />}
          {waiting.error && <ErrorState error={waiting.error} retry={() => void waiting.refetch()} />}
          {waiting.data && step === 0 && !waiting.data.needed && (
            <EmptyState
              title="This installation already has an owner"
              text="Sign in, or ask the owner for an invitation."
            >
              <LinkButton to="/signin" size="sm">
                Go to sign-in
              </LinkButton>
            </EmptyState>
          )}
          {waiting.data?.needed && step === 0 && !token && (
            <EmptyState
              title="Open the setup link"
              text="The server printed a setup link when it started. Restart it to get a new one."
            />
          )}
          {waiting.data?.needed && step === 0 && token && (
            <OwnerForm
              token={token}
              onCreated={(chosen) => {
                setPassword(chosen);
                setStep(1);
              }}
            />
          )}
          {step === 1 && (
            <>
              <h1 className="sp-big">Set up two-factor authentication</h1>
              <p className="sp-t2 sp-lead">
                Protects your account even if your password is stolen. You need an authenticator app on your
                phone.
              </p>
              <SecondFactorSteps
                password={password}
                large
                onSkip={finish}
                onConfirmed={(given) => {
                  setCodes(given);
                  setPassword('');
                  setStep(2);
                }}
              />
            </>
          )}
          {step === 2 && (
            <>
              <h1 className="sp-big">Save your recovery codes</h1>
              <p className="sp-t2 sp-lead">
                If you lose your phone, each code signs you in once. They are shown only once.
              </p>
              <RecoveryCodes codes={codes} onKept={finish} kept="Go to Sallyport" />
            </>
          )}
        </div>
      </main>
      <InstallationChecks />
    </div>
  );
}
