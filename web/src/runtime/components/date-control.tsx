import '@mantine/dates/styles.layer.css';
import { DateInput, DateTimePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';
import { instantOf, wallTime, zoneName } from './zone-time.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const dateText = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.slice(0, 10) : '';
  return DATE.test(text) ? text : null;
};

/** The calendar and clock, loaded when a page has one. */
export function DateControl({ view }: { readonly view: ViewProps }) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const value = state.exposed.value;
  const input = useRef<HTMLInputElement & HTMLButtonElement>(null);
  useFocusCommand(id, input);
  const { 'aria-required': _required, ...field } = fieldProps(view, session, mode);
  const control = {
    ...field,
    ref: input,
    leftSection: <IconCalendar size={15} stroke={1.75} aria-hidden="true" />,
    leftSectionPointerEvents: 'none' as const,
    clearable: mode === 'live' && props.required !== true,
    clearButtonProps: { 'aria-label': 'Clear the date', size: '20px', iconSize: 14 },
    classNames: { input: 'rt-one-line' },
    popoverProps: { shadow: 'md', transitionProps: { duration: 0 }, trapFocus: true, returnFocus: true },
    ...(dateText(props.min) !== null && { minDate: dateText(props.min)! }),
    ...(dateText(props.max) !== null && { maxDate: dateText(props.max)! }),
  };
  if (props.withTime === true) {
    return (
      <DateTimePicker
        {...control}
        value={wallTime(value)}
        valueFormat="D MMM YYYY, HH:mm"
        description={[props.hint, `Time zone ${zoneName(value)}`].filter(Boolean).join(' · ')}
        onChange={(wall) => session.change(id, wall === null ? null : instantOf(wall))}
      />
    );
  }
  return (
    <DateInput
      {...control}
      value={dateText(value)}
      valueFormat="D MMM YYYY"
      placeholder="D MMM YYYY"
      dateParser={(text) => parsed(text)}
      onChange={(date) => session.change(id, date)}
    />
  );
}

/** What a person types: `2026-11-22`, `22.11.2026`, `22/11/2026`, `22 Nov 2026`. Day before month. */
function parsed(text: string): string | null {
  const clean = text.trim();
  if (DATE.test(clean)) return clean;
  const numbers = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(clean);
  if (numbers) return `${numbers[3]}-${numbers[2]!.padStart(2, '0')}-${numbers[1]!.padStart(2, '0')}`;
  const at = new Date(`${clean} 12:00`);
  return Number.isNaN(at.getTime()) || !/[a-z]/i.test(clean)
    ? null
    : (wallTime(at.getTime())?.slice(0, 10) ?? null);
}
