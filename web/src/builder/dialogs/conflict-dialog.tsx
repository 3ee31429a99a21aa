import { Modal } from '@mantine/core';
import type { Draft } from '@sallyport/contract';
import { Button } from '../../ui/button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { mergePages } from '../document/merge-pages.ts';
import { readersOf } from '../document/readers-of.ts';

const ofAnother = {
  title: 'Someone else saved this app',
  mine: 'yours',
  clashes: 'You both changed these. If you merge, your version is kept:',
  renamed: 'You both added these under one name. If you merge, both are kept, and yours get new names:',
  apart: 'You changed different things, so merging loses nothing.',
  take: 'Use theirs',
  replace: 'Overwrite with mine',
};
const ofAnotherTab: typeof ofAnother = {
  title: 'You saved this app in another tab',
  mine: 'this tab’s',
  clashes: 'Both tabs changed these. If you merge, this tab’s version is kept:',
  renamed: 'Both tabs added these under one name. If you merge, both are kept, and this tab’s get new names:',
  apart: 'The tabs changed different things, so merging loses nothing.',
  take: 'Use the other tab’s',
  replace: 'Overwrite with this tab’s',
};

/** Two people, or one in two tabs, saved the same draft: no work is lost, whatever is chosen. */
export function ConflictDialog({ theirs }: { readonly theirs: Draft }) {
  const { saver } = useBuilder();
  const base = useEditor((s) => s.base);
  const mine = useEditor((s) => s.document);
  const { clashes, renamed } = mergePages(base, mine, theirs.pages, new Set(Object.keys(theirs.queries)));
  const readers = readersOf(mine, theirs.queries);
  const misled = Object.keys(theirs.queries).filter((query) =>
    renamed.some(({ kind, from }) => kind === 'component' && readers.get(from)?.includes(query)),
  );
  const words = theirs.changedByYou ? ofAnotherTab : ofAnother;
  return (
    <Modal
      opened
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={words.title}
      size={520}
    >
      <p className="sp-t2" style={{ margin: 0 }}>
        {theirs.changedByYou ? 'You' : theirs.app.updatedBy} saved version {theirs.version} while this tab was
        open. Both are kept. Whichever you choose, Undo brings {words.mine} back.
      </p>
      {clashes.length > 0 && <Named words={words.clashes} names={clashes} />}
      {renamed.length > 0 && (
        <Named
          words={words.renamed}
          names={renamed.map(({ kind, from, to }) => `${kind === 'page' ? 'page ' : ''}${from} → ${to}`)}
        />
      )}
      {misled.length > 0 && (
        <Named
          words="These queries go on reading the old names. Check what they should read:"
          names={misled}
        />
      )}
      {clashes.length === 0 && renamed.length === 0 && <p style={{ margin: '12px 0 0' }}>{words.apart}</p>}
      <div className="sp-row sp-dialog-foot" style={{ marginTop: 16 }}>
        <Button onClick={() => saver.resolve('theirs')}>{words.take}</Button>
        <Button onClick={() => saver.resolve('mine')}>{words.replace}</Button>
        <Button tone="primary" data-autofocus onClick={() => saver.resolve('combine')}>
          Merge both
        </Button>
      </div>
    </Modal>
  );
}

function Named({ words, names }: { readonly words: string; readonly names: readonly string[] }) {
  const more = names.length - 12;
  return (
    <>
      <p style={{ margin: '12px 0 4px' }}>{words}</p>
      <ul className="sp-mono" style={{ margin: 0, paddingLeft: 18 }}>
        {names.slice(0, 12).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </>
  );
}
