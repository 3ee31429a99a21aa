import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react';
import { explainError } from '../lib/explain-error.ts';
import { figure } from '../lib/number.ts';
import { Hint } from '../ui/hint.tsx';
import { useReading, useRuntime } from './runtime-context.tsx';

/** A mark on what shows rows that could not be read, where a press reads them again; or not all the rows that there are. */
export function ReadingMark({ id }: { readonly id: string }) {
  const { session, mode } = useRuntime();
  const { failed, error, truncated } = useReading(id);
  if (failed === null && truncated !== null) {
    const part = `Based on some of the rows. The query’s cap is ${figure(truncated.cap)} ${truncated.by}.`;
    return (
      <Hint text={part}>
        <button type="button" className="rt-field-errors rt-reading-mark" aria-label={part}>
          <IconAlertTriangleFilled size={14} className="sp-warn" aria-hidden="true" />
        </button>
      </Hint>
    );
  }
  if (failed === null) return null;
  const { title, next, requestId } = explainError(error);
  const quoted = requestId ? ` Request ${requestId}.` : '';
  const said = `The data could not be loaded. ${title} ${next}${quoted} Press to try again.`;
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
