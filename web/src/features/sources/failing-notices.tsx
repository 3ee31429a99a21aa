import { IconPlugConnectedX } from '@tabler/icons-react';
import { environmentNames } from '../../ui/environment-badge.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { type SourceRow, statusOf } from './source-rows.ts';
import { TestButton } from './test-button.tsx';

/** Below the list: what cannot be reached, since when, and why. */
export function FailingNotices({ rows }: { readonly rows: readonly SourceRow[] }) {
  const failing = rows.filter(
    ({ source, place }) => statusOf(source, place) === 'failing' && place.lastError,
  );
  if (failing.length === 0) return null;
  return (
    <div className="sp-notices">
      {failing.map(({ key, source, place }) => (
        <Note
          key={key}
          tone="bad"
          icon={<IconPlugConnectedX size={17} stroke={1.75} aria-hidden="true" />}
          title={
            <>
              {source.name}, {environmentNames[place.environment]}, cannot be reached since{' '}
              <Time at={place.lastError?.at ?? ''} within />.
            </>
          }
          action={
            <TestButton sourceId={source.id} environment={place.environment} size="xs" label="Test again" />
          }
        >
          {place.lastError?.title} <span className="sp-t2">{place.lastError?.detail}</span>
        </Note>
      ))}
    </div>
  );
}
