import { IconFileCertificate, IconShieldCheck } from '@tabler/icons-react';
import { commandKey } from '../../lib/command-key.ts';
import { count, figure } from '../../lib/number.ts';
import type { PreviewResult } from './preview-result.ts';
import { useRecord } from './use-record.ts';

const tenth = (ms: number) => Math.round(ms * 10) / 10;

/** Measure of the last run: rows, time at the source and in all, its place in the log. */
export function ResultFoot({
  result,
  rest,
}: {
  readonly result: PreviewResult | undefined;
  readonly rest: boolean;
}) {
  const run = result?.state === 'rows' ? result.run : undefined;
  const record = useRecord(run);
  if (!result) return <div className="bd-foot sp-t3">{commandKey('↵')} saves and runs it</div>;
  if (result.state === 'failed')
    return (
      <div className="bd-foot sp-tn">
        {result.why.code === 'argument_not_ready'
          ? 'Not run'
          : `${result.why.code === 'run_cancelled' ? 'Stopped' : 'Failed'} after ${figure(tenth(result.ms))} ms`}
      </div>
    );
  const { end } = result;
  return (
    <div className="bd-foot sp-tn">
      <span>{end.changed === null ? count(end.rows, 'row') : `${count(end.changed, 'row')} changed`}</span>
      <span className="sp-cut">
        {figure(tenth(end.sourceMs))} ms in the {rest ? 'source' : 'database'}
      </span>
      <span className="sp-cut">{figure(tenth(result.ms))} ms total</span>
      <span className="sp-row sp-g4 sp-ok">
        <IconShieldCheck size={14} stroke={2} aria-hidden="true" />
        Allowed
      </span>
      <span className="sp-end sp-row sp-g4" title={`Run ${result.run}`}>
        <IconFileCertificate size={14} stroke={1.75} aria-hidden="true" />
        {record?.index != null ? `Recorded as ${figure(record.index)}` : 'Recorded in the log'}
      </span>
    </div>
  );
}
