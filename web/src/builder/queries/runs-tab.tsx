import { useRuns } from '../builder-context.ts';
import { RunTimeline } from '../debug/run-timeline.tsx';

/** The runs of one query in this editor, newest first. */
export function RunsTab({ name }: { readonly name: string }) {
  const runs = useRuns((s) => s.runs);
  return <RunTimeline runs={runs.filter((run) => run.query === name)} />;
}
