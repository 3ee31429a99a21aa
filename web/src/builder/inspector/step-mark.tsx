import type { Handler } from '@sallyport/contract';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { templatesIn } from '../../runtime/engine/definition-of.ts';
import { useFirstError } from '../live/use-live.ts';
import { problemOfCondition } from './field-text.ts';

interface StepMarkProps {
  readonly handler: Handler;
  /** The beginning of the ids of its bindings: `on:save:onClick:0`. */
  readonly at: string;
  /** What is wrong with what it names. */
  readonly problem: string | undefined;
}

/** The mark of a step that cannot do what it says, also where its fields are closed. */
export function StepMark({ handler, at, problem }: StepMarkProps) {
  const bindings = useMemo(() => templatesIn(handler, at).map(([id]) => id), [handler, at]);
  const said = useFirstError(bindings);
  const wrong = problem ?? said ?? problemOfCondition(handler.onlyIf ?? '');
  return wrong === undefined ? null : (
    <IconAlertCircle size={14} stroke={2} className="sp-bad" aria-label={wrong} />
  );
}
