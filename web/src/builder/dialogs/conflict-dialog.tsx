import { Modal } from '@mantine/core';
import type { Draft } from '@sallyport/contract';
import { Button } from '../../ui/button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { mergePages } from '../document/merge-pages.ts';

/** Two people saved the same draft: neither's work is lost, whatever is chosen. */
export function ConflictDialog({ theirs }: { readonly theirs: Draft }) {
  const { saver } = useBuilder();
  const base = useEditor((s) => s.base);
  const mine = useEditor((s) => s.document);
  const { clashes } = mergePages(base, mine, theirs.pages);
  return (
    <Modal
      opened
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      centered
      title="Somebody else saved this app too"
      size={520}
    >
      <p className="sp-t2" style={{ margin: 0 }}>
        {theirs.app.updatedBy} saved version {theirs.version} while you were editing. Both are kept: whichever
        you choose, Undo brings yours back.
      </p>
      {clashes.length > 0 ? (
        <>
          <p style={{ margin: '12px 0 4px' }}>Both of you changed these. Combined, yours stay:</p>
          <ul className="sp-mono" style={{ margin: 0, paddingLeft: 18 }}>
            {clashes.slice(0, 12).map((clash) => (
              <li key={clash}>{clash}</li>
            ))}
          </ul>
        </>
      ) : (
        <p style={{ margin: '12px 0 0' }}>You changed different things: combined, nothing is lost.</p>
      )}
      <div className="bd-form-end" style={{ marginTop: 16 }}>
        <Button onClick={() => saver.resolve('theirs')}>Take theirs</Button>
        <Button onClick={() => saver.resolve('mine')}>Replace with mine</Button>
        <Button tone="primary" data-autofocus onClick={() => saver.resolve('combine')}>
          Combine both
        </Button>
      </div>
    </Modal>
  );
}
