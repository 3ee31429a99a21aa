import { Modal } from '@mantine/core';
import type { Draft } from '@sallyport/contract';
import { Button } from '../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { HighlightedSql } from '../queries/highlighted-sql.tsx';
import { settleQuery } from '../queries/query-commands.ts';

interface QueryConflictDialogProps {
  readonly name: string;
  readonly theirs: Draft['queries'][string] | undefined;
  /** Who saved it; null for this person, in another tab. */
  readonly by: string | null;
  readonly onClose: () => void;
}

/** One query was saved from two places: what is saved is shown, and nothing is written over without a word. */
export function QueryConflictDialog({ name, theirs, by, onClose }: QueryConflictDialogProps) {
  const builder = useBuilder();
  const [who, mine, which] = by === null ? ['You', 'This tab’s', 'this tab’s'] : [by, 'Yours', 'mine'];
  const settle = (keep: 'mine' | 'theirs') => {
    onClose();
    void settleQuery(builder, name, theirs, keep);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      title={by === null ? `You saved ${name} in another tab` : `Someone else saved ${name}`}
      size={640}
    >
      <p className="sp-t2" style={{ margin: 0 }}>
        {theirs
          ? `${who} saved it since you opened it, as below. ${mine} is still in the editor, and unsaved.`
          : `${who} removed or renamed it since you opened it. ${mine} is still in the editor, and unsaved.`}
      </p>
      {theirs && (
        <pre className="bd-theirs">
          <HighlightedSql text={theirs.compiled.statements.join(';\n\n')} />
        </pre>
      )}
      <div className="sp-row sp-dialog-foot" style={{ marginTop: 16 }}>
        {/* The keyboard was in the editor, maybe on Enter: what it meets first changes nothing. */}
        <Button data-autofocus onClick={onClose}>
          Keep editing
        </Button>
        {theirs && (
          <Button onClick={() => settle('theirs')}>
            {by === null ? 'Use the other tab’s' : 'Use theirs'}
          </Button>
        )}
        <Button tone="primary" onClick={() => settle('mine')}>
          {theirs ? `Save ${which} over it` : `Save ${which} again`}
        </Button>
      </div>
    </Modal>
  );
}
