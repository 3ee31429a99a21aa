import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import type { ChartData } from './chart-data.ts';
import { chartOption, namesOf, stepsOf } from './chart-option.ts';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** The drawing itself, loaded when a page has a chart. */
export function ChartCanvas({
  data,
  type,
  stacked,
  label,
}: {
  readonly data: ChartData;
  readonly type: string;
  readonly stacked: boolean;
  readonly label: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const scheme = useComputedColorScheme('light');
  const [width, setWidth] = useState(0);
  const [steps, setSteps] = useState(1);
  const names = namesOf(data, type, width);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = init(element, null, { renderer: 'canvas' });
    chart.current = made;
    const watcher = new ResizeObserver(() => {
      made.resize();
      setWidth(made.getWidth());
      setSteps(stepsOf(made.getHeight()));
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what the tokens are
  useEffect(() => {
    const styles = getComputedStyle(document.documentElement);
    const token = (name: string) => styles.getPropertyValue(`--sp-${name}`).trim();
    chart.current?.setOption(chartOption(data, type, stacked, token, names, steps), { notMerge: true });
  }, [data, type, stacked, scheme, names, steps]);
  const drawn = type === 'pie' ? data.series.slice(0, 1) : data.series;
  const summary = `${label}: ${type} chart of ${drawn.map(({ name }) => name).join(', ')} by ${data.x}, ${data.rows} points. The button above shows it as a table.`;
  return <div ref={place} className="rt-chart-canvas" role="img" aria-label={summary} />;
}
