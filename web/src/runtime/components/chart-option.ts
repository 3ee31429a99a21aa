import type { EChartsCoreOption } from 'echarts/core';
import { figure } from '../../lib/number.ts';
import { wallTime } from '../engine/zone-time.ts';
import type { ChartData } from './chart-data.ts';
import { formatNumber } from './format-number.ts';

/** Colours of the look, read from the page: a canvas cannot use custom properties. */
export type Token = (name: string) => string;

/** None of the colours that mean a state. */
const SERIES = ['accent-text', 'code-num', 'control', 'code-fn', 'accent-line', 'text-2'];

/** Up to this many categories, every one is named when it fits. */
const FEW = 30;

/** More points than this are drawn without symbols and thinned by the library. */
const MANY = 2_000;

/** Pixels that the name of a category takes at most. */
const LONGEST_LABEL = 112;

/** Pixels of a letter; those beside a drawing, with its figures; and the fewest that a name is read in. */
const PER_LETTER = 6.5;
const BESIDE = 48;
const READABLE = 56;

/**
 * How many pixels the name of a category may take, so that none runs out of a drawing of this width: its place where that
 * is enough to read it. Null where places are narrower: the names that are shown are then longer than their places, and
 * those at the ends begin and end there.
 */
export function labelWidth({ categories }: ChartData, width: number): number | null {
  const place = Math.floor((width - BESIDE) / Math.max(categories.length, 1));
  if (place >= LONGEST_LABEL) return LONGEST_LABEL;
  const all = place >= READABLE ? categories : [categories[0] ?? '', categories.at(-1) ?? ''];
  const longest = Math.max(...all.map((name) => axisName(name).length)) * PER_LETTER;
  if (longest <= place) return LONGEST_LABEL;
  // In steps, so that a drawing that changes its size is not made anew for each pixel.
  return place >= READABLE ? place - (place % 8) : null;
}

/** From here on, the figures of an axis would leave the drawing no room, and are shortened: 10B. */
const LONG_FIGURE = 1e9;
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 2 });
const axisFigure = (value: number): string =>
  Math.abs(value) < LONG_FIGURE ? formatNumber(value, 'number') : short.format(value);

/** A time on an axis, in the person's zone and to the minute; anything else as it is. */
export const axisName = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? (wallTime(text)?.slice(0, 16) ?? text) : text;

/** More slices than this cannot be told apart. */
const SLICES = 24;

/** The slices of a pie in their order; where they are many, the smallest are one, which says how many they are. */
export function pieSlices({ categories, series }: ChartData): { name: string; value: number }[] {
  const values = series[0]?.values ?? [];
  const all = categories.map((name, i) => ({ name, value: values[i] ?? 0 }));
  if (all.length <= SLICES) return all;
  const largest = new Set(all.toSorted((a, b) => b.value - a.value).slice(0, SLICES - 1));
  const rest = all.filter((slice) => !largest.has(slice));
  const value = rest.reduce((sum, slice) => sum + slice.value, 0);
  return [...all.filter((slice) => largest.has(slice)), { name: `${figure(rest.length)} others`, value }];
}

/** What the chart library draws. All text is drawn on the canvas; nothing becomes markup. */
export function chartOption(
  data: ChartData,
  type: string,
  stacked: boolean,
  token: Token,
  longest: number | null,
): EChartsCoreOption {
  const text = { color: token('text-2'), fontFamily: token('font'), fontSize: 12 };
  const shared = {
    color: SERIES.map(token),
    animation: false,
    textStyle: text,
    tooltip: {
      renderMode: 'richText',
      trigger: type === 'pie' || type === 'scatter' ? 'item' : 'axis',
      backgroundColor: token('raised'),
      borderColor: token('line-strong'),
      textStyle: { ...text, color: token('text') },
      valueFormatter: (value: unknown) =>
        value === null || value === undefined ? '—' : formatNumber(value, 'number'),
    },
    legend: {
      show: data.series.length > 1 || type === 'pie',
      type: 'scroll',
      bottom: 0,
      textStyle: text,
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
    },
  };
  if (type === 'pie') {
    return {
      ...shared,
      series: [
        {
          type: 'pie',
          // Room for the names beside it: a wider ring leaves two letters of them on a phone.
          radius: ['42%', '63%'],
          center: ['50%', '45%'],
          itemStyle: { borderColor: token('surface'), borderWidth: 2 },
          label: { color: token('text-2'), bleedMargin: 4 },
          labelLine: { length: 8, length2: 6 },
          data: pieSlices(data),
        },
      ],
    };
  }
  const many = data.rows > MANY;
  const numbers = type === 'scatter' ? data.numbers : null;
  return {
    ...shared,
    grid: { left: 8, right: 12, top: 12, bottom: data.series.length > 1 ? 32 : 4, containLabel: true },
    xAxis: {
      ...(numbers === null ? { type: 'category', data: data.categories } : { type: 'value', scale: true }),
      axisLabel: {
        ...text,
        hideOverlap: true,
        // A long name would run out of the drawing at its ends, and is cut with dots.
        width: longest ?? LONGEST_LABEL,
        overflow: 'truncate',
        ...(longest === null && { alignMinLabel: 'left', alignMaxLabel: 'right' }),
        ...(numbers === null && { formatter: axisName, ...(data.rows <= FEW && { interval: 0 }) }),
        ...(numbers !== null && { formatter: axisFigure }),
      },
      axisLine: { lineStyle: { color: token('line-strong') } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      axisLabel: { ...text, formatter: axisFigure },
      splitLine: { lineStyle: { color: token('line') } },
    },
    series: data.series.map(({ name, values }) => ({
      name,
      data: numbers === null ? values : values.map((value, i) => [numbers[i], value]),
      type: type === 'area' ? 'line' : type,
      ...(stacked && type !== 'scatter' && { stack: 'all' }),
      ...(type === 'area' && { areaStyle: { opacity: 0.18 } }),
      ...((type === 'line' || type === 'area') && {
        showSymbol: data.rows <= 60,
        symbolSize: 5,
        lineStyle: { width: 2 },
      }),
      ...(type === 'bar' && { barMaxWidth: 40, itemStyle: { borderRadius: stacked ? 0 : [3, 3, 0, 0] } }),
      ...(type === 'scatter' && { symbolSize: 6 }),
      ...(many && { sampling: 'lttb', large: true }),
    })),
  };
}
