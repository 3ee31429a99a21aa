import type { EChartsCoreOption } from 'echarts/core';
import { figure } from '../../lib/number.ts';
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

/** Pixels of a letter; those beside a drawing, with its figures; and the fewest of a place in which a name is read. */
const PER_LETTER = 6.5;
const BESIDE = 48;
const READABLE = 56;

/** Pixels that stay free between a name and the next. */
const BETWEEN = 6;

/** Pixels of a place in which a name stands slanted, beside the next; and as many of its length are shown. */
const SLANTED_PLACE = 18;
const SLANTED_LABEL = 88;

/** Pixels that the names of categories may take; or how else they stand where their places are narrower. */
export type LabelWidth = number | 'slanted' | 'some';

/**
 * How many pixels the name of a category may take, so that none runs out of a drawing of this width: its place where that
 * is enough to read it, and to tell it from the others where another way would. Where places are narrower, names stand
 * slanted, so that each is there; where there are too many for that, some stand at even distances, and those at the ends
 * begin and end there.
 */
export function labelWidth({ categories }: ChartData, width: number): LabelWidth {
  const place = Math.floor((width - BESIDE) / Math.max(categories.length, 1));
  // In steps, so that a drawing that changes its size is not made anew for each pixel.
  const free = place - BETWEEN;
  const room = Math.min(LONGEST_LABEL, free - (free % 8));
  const all = place >= READABLE ? categories : [categories[0] ?? '', categories.at(-1) ?? ''];
  const longest = Math.max(...all.map((name) => name.length)) * PER_LETTER;
  if (room === LONGEST_LABEL || longest <= room) return room;
  const slants = place >= SLANTED_PLACE && categories.length <= FEW;
  if (place < READABLE) return slants ? 'slanted' : 'some';
  if (toldApart(categories, room)) return room;
  if (slants && toldApart(categories, SLANTED_LABEL)) return 'slanted';
  return longest <= LONGEST_LABEL ? 'some' : room;
}

/** Whether names that differ still do when they are cut to a width: of dates, “2026-0…” is each of a year. */
function toldApart(categories: readonly string[], width: number): boolean {
  const letters = Math.floor(width / PER_LETTER);
  const whole = new Set(categories);
  const cut = [...whole].map((name) => (name.length > letters ? name.slice(0, letters - 1) : name));
  return new Set(cut).size === whole.size;
}

/** From here on, the figures of an axis would leave the drawing no room, and are shortened: 10B. */
const LONG_FIGURE = 1e9;
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 2 });
const axisFigure = (value: number): string =>
  Math.abs(value) < LONG_FIGURE ? formatNumber(value, 'number') : short.format(value);

/** More slices than this cannot be told apart. */
const SLICES = 24;

/** The slices of a pie in their order; where they are many, the smallest are one, which says how many they are. */
export function pieSlices(
  { categories, series }: ChartData,
  most = SLICES,
): { name: string; value: number }[] {
  const values = series[0]?.values ?? [];
  const all = categories.map((name, i) => ({ name, value: values[i] ?? 0 }));
  if (all.length <= most) return all;
  const largest = new Set(all.toSorted((a, b) => b.value - a.value).slice(0, most - 1));
  const rest = all.filter((slice) => !largest.has(slice));
  const value = rest.reduce((sum, slice) => sum + slice.value, 0);
  return [...all.filter((slice) => largest.has(slice)), { name: `${figure(rest.length)} others`, value }];
}

/** Narrower than this, the names beside a pie would be cut to a few letters. */
const NAMES_BESIDE = 380;

/** Where the names of what is drawn stand. A pie has them beside it, or below it where there is no room: `some`. */
export const namesOf = (data: ChartData, type: string, width: number): LabelWidth =>
  type !== 'pie' ? labelWidth(data, width) : width < NAMES_BESIDE ? 'some' : LONGEST_LABEL;

/** Pixels of a drawing for each step of its figures: the library draws half as many again, and of those that touch, not all. */
const PER_STEP = 48;

/** About how many steps the figures of a drawing of this height have. */
export const stepsOf = (height: number): number => Math.min(5, Math.max(1, Math.floor(height / PER_STEP)));

/** What the chart library draws. All text is drawn on the canvas; nothing becomes markup. */
export function chartOption(
  data: ChartData,
  type: string,
  stacked: boolean,
  token: Token,
  names: LabelWidth,
  steps: number,
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
      show: type === 'pie' ? names === 'some' : data.series.length > 1,
      type: 'scroll',
      bottom: 0,
      textStyle: text,
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 10,
    },
  };
  if (type === 'pie') {
    const below = names === 'some';
    return {
      ...shared,
      legend: { ...shared.legend, type: 'plain' },
      series: [
        {
          type: 'pie',
          radius: ['42%', '63%'],
          center: ['50%', below ? '34%' : '50%'],
          itemStyle: { borderColor: token('surface'), borderWidth: 2 },
          label: { show: !below, color: token('text-2'), bleedMargin: 4 },
          labelLine: { show: !below, length: 8, length2: 6 },
          // Told by their colours alone, no two may have the same.
          data: pieSlices(data, below ? SERIES.length : SLICES),
        },
      ],
    };
  }
  const many = data.rows > MANY;
  const numbers = type === 'scatter' ? data.numbers : null;
  const slanted = names === 'slanted' && numbers === null;
  const every = data.rows <= FEW && names !== 'some';
  return {
    ...shared,
    grid: { left: 8, right: 12, top: 12, bottom: data.series.length > 1 ? 32 : 4, containLabel: true },
    xAxis: {
      ...(numbers === null ? { type: 'category', data: data.categories } : { type: 'value', scale: true }),
      axisLabel: {
        ...text,
        // Where each is to be there, its width keeps it from the next; left to the library, every other would go.
        hideOverlap: !every || numbers !== null,
        // A long name would run out of the drawing at its ends, and is cut with dots.
        width: slanted ? SLANTED_LABEL : typeof names === 'number' ? names : LONGEST_LABEL,
        overflow: 'truncate',
        ...(slanted && { rotate: 45 }),
        ...(!slanted && typeof names !== 'number' && { alignMinLabel: 'left', alignMaxLabel: 'right' }),
        ...(numbers === null && every && { interval: 0 }),
        ...(numbers !== null && { formatter: axisFigure }),
      },
      axisLine: { lineStyle: { color: token('line-strong') } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      splitNumber: steps,
      axisLabel: { ...text, formatter: axisFigure },
      axisLine: { show: false },
      axisTick: { show: false },
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
