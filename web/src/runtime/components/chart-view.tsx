import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { latePart } from '../../ui/late-part.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ReadingMark } from '../reading-mark.tsx';
import { useReading, useRuntime } from '../runtime-context.tsx';
import { type ChartData, chartData, leftOut, pieProblem } from './chart-data.ts';
import { formatNumber } from './format-number.ts';
import type { ViewProps } from './view-props.ts';

const ChartCanvas = latePart(
  () => import('./chart-canvas.tsx'),
  'ChartCanvas',
  () => <div className="rt-chart-waiting" />,
);
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** A chart, and the same as a table for those who read it rather than see it. */
export function ChartView({ id, props, state }: ViewProps) {
  const [asTable, setAsTable] = useState(false);
  const title = String(props.title ?? '');
  const data = useMemo(
    () => chartData(props.data, String(props.x ?? ''), String(props.y ?? '')),
    [props.data, props.x, props.y],
  );
  const label = title || `Chart ${id}`;
  const problem = props.type === 'pie' ? pieProblem(data) : undefined;
  const note = leftOut(data, String(props.type));
  return (
    <figure className="rt-chart rt-border">
      <figcaption className="rt-chart-head">
        <span className="sp-grow rt-box-title">{title}</span>
        {data.rows > 0 && <ReadingMark id={id} />}
        {data.rows > 0 && (
          <IconButton
            label={asTable ? 'Show as a chart' : 'Show as a table'}
            icon={asTable ? <IconChartBar {...icon} /> : <IconTable {...icon} />}
            onClick={() => setAsTable(!asTable)}
          />
        )}
      </figcaption>
      <div className="rt-chart-body">
        {data.rows === 0 && <ChartState id={id} problem={data.problem} error={state.errors.data} />}
        {data.rows > 0 && asTable && <ChartTable data={data} label={label} />}
        {problem !== undefined && !asTable && <NothingDrawn title={problem} />}
        {data.rows > 0 && !asTable && problem === undefined && (
          <ChartCanvas data={data} type={String(props.type)} stacked={props.stacked === true} label={label} />
        )}
      </div>
      {!asTable && note !== undefined && <p className="rt-chart-note sp-xs sp-t3">{note}</p>}
    </figure>
  );
}

const NothingDrawn = ({ title, text }: { readonly title: string; readonly text?: string }) => (
  <EmptyState icon={<IconChartBar size={24} stroke={1.5} aria-hidden="true" />} title={title} text={text} />
);

/** Where a drawing would be and is not: on its way, failed, nothing to draw. */
function ChartState({
  id,
  problem,
  error,
}: {
  readonly id: string;
  readonly problem: string | undefined;
  /** Of the expression that the data comes from. */
  readonly error: string | undefined;
}) {
  const { session } = useRuntime();
  const { failed, error: ofQuery, isFetching } = useReading(id);
  if (isFetching)
    return (
      <div className="rt-chart-loading">
        <SkeletonLines lines={4} height={28} />
      </div>
    );
  if (failed === null && error !== undefined)
    return <NothingDrawn title="The data could not be loaded" text={error} />;
  if (failed === null) return <NothingDrawn title={problem ?? 'No data yet'} />;
  return (
    <ErrorState
      error={ofQuery}
      title="The data could not be loaded."
      retry={() => void session.runQuery(failed)}
    />
  );
}

/** As many rows as a person reads; the rest is said, not dropped in silence. */
const READ = 500;

function ChartTable({ data, label }: { readonly data: ChartData; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="rt-chart-table" tabIndex={0} aria-label={label}>
      <table className="sp-tb">
        <thead>
          <tr>
            <th scope="col">{data.x}</th>
            {data.series.map(({ name }) => (
              <th key={name} scope="col" className="sp-num">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.categories.slice(0, READ).map((category, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a category may stand twice; rows never move
            <tr key={row}>
              <td>{category}</td>
              {data.series.map(({ name, written }) => (
                <td key={name} className="sp-num">
                  {formatNumber(written[row], 'number') || '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {data.rows > READ && (
        <p className="sp-sm sp-t3">
          The first {READ} of {formatNumber(data.rows, 'number')}.
        </p>
      )}
    </section>
  );
}
