import { IconAlertCircleFilled } from '@tabler/icons-react';
import { explainError } from '../lib/explain-error.ts';
import { Hint } from '../ui/hint.tsx';
import { useReading, useRuntime } from './runtime-context.tsx';

/** A mark on what shows rows that could not be read; a press reads them again. */
export function ReadingMark({ id }: { readonly id: string }) {
  const { session, mode } = useRuntime();
  const { failed, error } = useReading(id);
  if (failed === null) return null;
  const { title, next, requestId } = explainError(error);
  const quoted = requestId ? ` Request ${requestId}.` : '';
  const said = `Its data could not be read. ${title} ${next}${quoted} Press to read it again.`;
  return (
    <Hint text={said}>
      <button
        type="button"
        className="rt-field-errors rt-reading-mark"
        aria-label={said}
        onClick={() => {
          if (mode === 'live') void session.runQuery(failed);
        }}
      >
        <IconAlertCircleFilled size={14} aria-hidden="true" />
      </button>
    </Hint>
  );
}
