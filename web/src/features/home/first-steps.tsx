import { type AppRow, contract, type SourceView } from '@sallyport/contract';
import {
  IconApi,
  IconCheck,
  IconDatabase,
  IconFileImport,
  IconPlus,
  IconUserPlus,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { may, useMe } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SampleDataButton } from './sample-data-button.tsx';
import { ConnectPicture, GeneratePicture, PublishPicture } from './step-pictures.tsx';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly now: boolean;
  readonly done: boolean;
  readonly picture: ReactNode;
  readonly text: string;
  readonly children: ReactNode;
}

function Step({ number, title, now, done, picture, text, children }: StepProps) {
  return (
    <li className="sp-step" aria-current={now ? 'step' : undefined} data-done={done || undefined}>
      <div className="sp-step-picture">{picture}</div>
      <div className="sp-step-body">
        <h3 className="sp-row">
          <span className="sp-step-number">
            {done ? <IconCheck size={13} stroke={2.5} aria-label="Done" /> : number}
          </span>
          {title}
        </h3>
        <p className="sp-t2">{text}</p>
        <div style={{ marginTop: 'auto', paddingTop: 12 }}>{children}</div>
      </div>
    </li>
  );
}

const engines = [
  { engine: 'postgres', label: 'PostgreSQL', icon: IconDatabase },
  { engine: 'mysql', label: 'MySQL, MariaDB', icon: IconDatabase },
  { engine: 'rest', label: 'REST API', icon: IconApi },
] as const;

/** Connect, generate, publish: what stands between an empty installation and a tool that people can open. */
export function FirstSteps({
  apps,
  sources,
}: {
  readonly apps: readonly AppRow[];
  readonly sources: readonly SourceView[];
}) {
  const me = useMe();
  const navigate = useNavigate();
  const [app] = apps;
  const connected = sources.length > 0;
  const step = !connected && !app ? 1 : app ? 3 : 2;
  const mayConnect = may(me, contract.sources.connectSource);
  const primary = (of: number) => (step === of ? 'primary' : 'default');
  return (
    <div className="sp-home" style={{ maxWidth: 1000, padding: '36px 32px' }}>
      <h1 style={{ fontSize: 24, lineHeight: '32px' }}>
        {app ? 'One step is left: publish.' : 'No apps yet. The first one takes about two minutes.'}
      </h1>
      <p className="sp-t2" style={{ fontSize: 14, lineHeight: '22px', marginTop: 2 }}>
        Connect a database, pick a table, and get a tool that your team can use.
      </p>
      <ol className="sp-three">
        <Step
          number={1}
          title="Connect"
          now={step === 1}
          done={connected}
          picture={<ConnectPicture />}
          text="The credential is encrypted when you save it and never shown again. Your data stays in your database."
        >
          {mayConnect ? (
            <LinkButton to="/sources/connect" tone={primary(1)}>
              {connected ? 'Connect another' : 'Connect a source'}
            </LinkButton>
          ) : (
            <>
              <Button disabledReason="Requires the “source:manage” permission.">Connect a source</Button>
              <p className="sp-hint">Ask an admin of {me.organization.name}.</p>
            </>
          )}
        </Step>
        <Step
          number={2}
          title="Generate"
          now={step === 2}
          done={Boolean(app)}
          picture={<GeneratePicture />}
          text="Pick a table to get a list, a detail view and a form that you can edit."
        >
          <Button
            tone={primary(2)}
            disabledReason={!connected && 'Connect a source first.'}
            onClick={() => void navigate({ to: '/', search: { new: 'generate' } })}
          >
            Generate an app
          </Button>
          {!connected && <p className="sp-hint">Connect a source first.</p>}
        </Step>
        <Step
          number={3}
          title="Publish"
          now={step === 3}
          done={false}
          picture={<PublishPicture />}
          text="Review every statement the app can run, then share its address with your team."
        >
          {app ? (
            <LinkButton to="/apps/$id/edit" params={{ id: app.id }} tone="primary">
              <span className="sp-cut">Open {app.name} to publish</span>
            </LinkButton>
          ) : (
            <>
              <Button disabledReason="Create an app first.">Publish</Button>
              <p className="sp-hint">Create an app first.</p>
            </>
          )}
        </Step>
      </ol>
      {!connected && mayConnect && (
        <>
          <h2 style={{ margin: '32px 0 10px', fontSize: 13, lineHeight: '20px' }}>Where is your data?</h2>
          <div className="sp-engines">
            {engines.map(({ engine, label, icon: Icon }) => (
              <LinkButton
                key={engine}
                to="/sources/connect"
                search={{ engine }}
                icon={<Icon size={16} stroke={1.75} aria-hidden="true" />}
              >
                {label}
              </LinkButton>
            ))}
            <SampleDataButton />
          </div>
        </>
      )}
      <div
        className="sp-row sp-t2 sp-g24"
        style={{ marginTop: 28, paddingTop: 18, borderTop: '1px solid var(--sp-line)', flexWrap: 'wrap' }}
      >
        <span className="sp-t3">Or</span>
        <Link to="/" search={{ new: 'import' }} className="sp-row sp-g6 sp-link">
          <IconFileImport size={16} stroke={1.75} aria-hidden="true" />
          Import an app
        </Link>
        <Link to="/" search={{ new: 'empty' }} className="sp-row sp-g6 sp-link">
          <IconPlus size={16} stroke={1.75} aria-hidden="true" />
          Start with an empty app
        </Link>
        {may(me, contract.identity.invite) && (
          <Link to="/people" search={{ invite: true }} className="sp-row sp-g6 sp-link">
            <IconUserPlus size={16} stroke={1.75} aria-hidden="true" />
            Invite people
          </Link>
        )}
      </div>
    </div>
  );
}
