import { contract } from '@sallyport/contract';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBug,
  IconPencil,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '../../lib/number.ts';
import { reading } from '../../lib/reading.ts';
import { may, useMe } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useBuilder, useEditor, useView } from '../builder-context.ts';
import { redoStep, undoStep } from '../commands.ts';
import { AppMenu } from './app-menu.tsx';
import { EnvironmentMenu } from './environment-menu.tsx';
import { SaveLine } from './save-line.tsx';
import { SideButtons } from './side-buttons.tsx';

/** Where am I, is it saved, where does it run, and the way to members. */
export function TopBar() {
  const builder = useBuilder();
  const me = useMe();
  const { view, appId } = builder;
  const preview = useView((s) => s.preview);
  const debug = useView((s) => s.debug);
  const undoLabel = useEditor((s) => s.history.past.at(-1)?.label);
  const redoLabel = useEditor((s) => s.history.future[0]?.label);
  const version = useEditor((s) => s.version);
  const name = useEditor((s) => s.app.name);
  const release = useEditor((s) => s.app.release?.hash);
  const plan = useQuery({
    ...reading(contract.apps.planRelease, { params: { id: appId } }),
    queryKey: ['planRelease', appId, version, release],
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
    retry: false,
  }).data;
  const changes =
    plan && plan.newStatements.length + plan.removedStatements.length + plan.pagesChanged.length;
  const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <header className="bd-top">
      <h1 className="sp-visually-hidden">{name}, builder</h1>
      <Link to="/" aria-label="Home" className="sp-ib" style={{ color: 'var(--sp-text)' }}>
        <Mark />
      </Link>
      <Link to="/" className="bd-wide">
        Apps
      </Link>
      <span className="sp-t3 bd-wide">/</span>
      <AppMenu />
      <span className="bd-wide">
        <Badge>Draft</Badge>
      </span>
      <SaveLine />
      <SideButtons />
      <span className="sp-end sp-row sp-g4">
        <IconButton
          label={undoLabel ? `Undo: ${undoLabel}` : 'Undo'}
          disabledReason={!undoLabel && 'Nothing to undo.'}
          icon={<IconArrowBackUp size={17} stroke={1.75} aria-hidden="true" />}
          onClick={() => void undoStep(builder)}
        />
        <IconButton
          label={redoLabel ? `Redo: ${redoLabel}` : 'Redo'}
          disabledReason={!redoLabel && 'Nothing to redo.'}
          icon={<IconArrowForwardUp size={17} stroke={1.75} aria-hidden="true" />}
          onClick={() => void redoStep(builder)}
        />
      </span>
      <span className="sp-vsep" />
      <EnvironmentMenu />
      <Button
        size="sm"
        id="bd-debug"
        aria-pressed={debug}
        icon={<IconBug {...icon} />}
        onClick={() => view.getState().show({ debug: !debug })}
      >
        <span className="bd-said">Debug</span>
      </Button>
      <Button
        size="sm"
        aria-pressed={preview}
        icon={preview ? <IconPencil {...icon} /> : <IconPlayerPlay {...icon} />}
        onClick={() => view.getState().show({ preview: !preview, palette: false, side: 'none' })}
      >
        <span className="bd-said">{preview ? 'Edit' : 'Preview'}</span>
      </Button>
      <Button
        size="sm"
        tone="primary"
        disabledReason={!may(me, contract.apps.publish) && 'You do not have permission to publish.'}
        onClick={() => view.getState().show({ dialog: { kind: 'publish' } })}
      >
        Publish…{' '}
        {changes !== undefined && changes > 0 && (
          <span className="sp-tn" style={{ fontWeight: 400 }}>
            {count(changes, 'change')}
          </span>
        )}
      </Button>
    </header>
  );
}
