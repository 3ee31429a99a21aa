import { Modal } from '@mantine/core';
import { useState } from 'react';
import { sameValue } from '../../lib/same-value.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useBuilder } from '../builder-context.ts';
import { mergePages } from '../document/merge-pages.ts';
import { clearPages, shelvedPages } from '../document/shelf.ts';

/** Offers back the work that an earlier visit could not save (B6). */
export function Recovery() {
  const { editor, saver, copies, appId, left: visits } = useBuilder();
  const [left, setLeft] = useState(() =>
    shelvedPages(copies, appId).filter(({ visit, work }) => {
      if (!visits.includes(visit)) return false;
      const unsaved = !sameValue(work.pages, editor.getState().document);
      if (!unsaved) clearPages(copies, appId, visit);
      return unsaved;
    }),
  );
  if (left[0] === undefined) return null;
  const { visit, work: found } = left[0];
  const next = () => setLeft(left.slice(1));
  const { version, base, document, queries } = editor.getState();
  const moved = found.version !== version || document !== base;
  const names = new Set(Object.keys(queries));
  const { merged, clashes, renamed } = mergePages(found.base, found.pages, document, names);
  return (
    <Modal
      opened
      onClose={next}
      title="Unsaved work found"
      closeButtonProps={{ 'aria-label': 'Decide later' }}
    >
      <p className="sp-t2" style={{ margin: 0 }}>
        Your browser kept changes that were not saved at <Time at={new Date(found.at).toISOString()} />.{' '}
        {moved
          ? clashes.length === 0
            ? 'The draft has changed since, but nothing conflicts.'
            : `The draft has changed since. Where both changed, the recovered version is kept: ${listed(clashes)}.`
          : 'The draft has not changed since.'}{' '}
        {moved &&
          renamed.length > 0 &&
          `What both added under one name gets a new one: ${listed(renamed.map(({ from, to }) => `${from} → ${to}`))}. `}
        You can undo this.
      </p>
      <div className="sp-row sp-dialog-foot" style={{ marginTop: 16 }}>
        <Button
          onClick={() => {
            clearPages(copies, appId, visit);
            next();
          }}
        >
          Discard
        </Button>
        <Button
          tone="primary"
          data-autofocus
          onClick={() => {
            editor.getState().edit('Restore unsaved work', () => (moved ? merged : found.pages));
            // From here on, this visit keeps it; where it cannot, what the other kept stays.
            void saver.kept().then((kept) => kept && clearPages(copies, appId, visit));
            next();
          }}
        >
          Restore
        </Button>
      </div>
    </Modal>
  );
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
