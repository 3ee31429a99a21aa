import { Modal } from '@mantine/core';
import type { Draft } from '@sallyport/contract';
import { Button } from '../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { HighlightedSql } from '../queries/highlighted-sql.tsx';
import { settleQuery } from '../queries/query-commands.ts';

interface QueryConflictDialogProps {
  readonly name: string;
  readonly theirs: Draft['queries'][string] | undefined;
  readonly by: string;
  readonly onClose: () => void;
}

/** Two people saved one query: theirs is shown, and nothing is written over without a word. */
export function QueryConflictDialog({ name, theirs, by, onClose }: QueryConflictDialogProps) {
  const builder = useBuilder();
  const settle = (keep: 'mine' | 'theirs') => {
    onClose();
    void settleQuery(builder, name, theirs, keep);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered
      title={`Somebody else saved ${name} too`}
      size={640}
    >
      <p className="sp-t2" style={{ margin: 0 }}>
        {theirs
          ? `${by} saved it since you opened it, as below. Yours is still in the editor, and unsaved.`
          : `${by} removed or renamed it since you opened it. Yours is still in the editor, and unsaved.`}
      </p>
      {theirs && (
        <pre className="bd-theirs">
          <HighlightedSql text={theirs.compiled.statements.join(';\n\n')} />
        </pre>
      )}
      <div className="bd-form-end" style={{ marginTop: 16 }}>
        {/* The keyboard was in the editor, maybe on Enter: what it meets first changes nothing. */}
        <Button data-autofocus onClick={onClose}>
          Keep editing
        </Button>
        {theirs && <Button onClick={() => settle('theirs')}>Take theirs</Button>}
        <Button tone="primary" onClick={() => settle('mine')}>
          {theirs ? 'Save mine over it' : 'Save mine again'}
        </Button>
      </div>
    </Modal>
  );
}
