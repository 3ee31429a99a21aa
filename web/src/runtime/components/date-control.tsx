import '@mantine/dates/styles.layer.css';
import { Input, type PopoverProps } from '@mantine/core';
import { DateInput, DateTimePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { type MouseEvent, type SyntheticEvent, useCallback, useRef, useState } from 'react';
import { clockOf, clockText, isClockTime, timeOf } from '../engine/clock-time.ts';
import { dayMeant, dayOf, isDrawn } from '../engine/date-bounds.ts';
import { shownText } from '../engine/shown-text.ts';
import { instantOf, wallTime, zoneName } from '../engine/zone-time.ts';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import { typedDate } from './typed-date.ts';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

const popover: PopoverProps = {
  shadow: 'md',
  transitionProps: { duration: 0 },
  returnFocus: true,
  // In a low window a calendar stands where it has most room, and scrolls: below the window, nobody would reach its end.
  middlewares: {
    flip: { fallbackStrategy: 'bestFit' },
    size: {
      padding: 8,
      apply: ({ availableHeight, elements }) => {
        elements.floating.style.maxHeight = `${availableHeight}px`;
      },
    },
  },
};

const ariaLabels = {
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  previousYear: 'Previous year',
  nextYear: 'Next year',
  previousDecade: 'Previous decade',
  nextDecade: 'Next decade',
};

/** A click into what is selected would put the caret between its digits, and what is typed would not replace them. */
const staysSelected = (event: MouseEvent) => event.preventDefault();

/** The calendar and clock, loaded when a page has one. */
export function DateControl({ view }: { readonly view: ViewProps }) {
  const { session, mode } = useRuntime();
  const { id, props, state } = view;
  const value = state.exposed.value;
  const input = useRef<HTMLInputElement & HTMLButtonElement>(null);
  const typedTime = useRef('');
  const [shut, setShut] = useState(false);
  // What a refused form says of the field stands where its calendar would.
  const shutCalendar = useCallback(() => setShut(true), []);
  useFocusCommand(id, input, props.disabled, shutCalendar);
  const { 'aria-required': required, ...field } = fieldProps(view, session, mode);
  const isShown = isDrawn(value, props.withTime === true);
  // It stays what it is until another is chosen.
  const odd = isShown || shownText(value) === '' ? null : shownText(value);
  const [min, max] = [dayOf(props.min), dayOf(props.max)];
  const clearable = mode === 'live' && props.required !== true;
  const clearButtonProps = {
    'aria-label': `Clear ${shownText(props.label) || id}`,
    size: '20px',
    iconSize: 14,
  };
  const clear = () => session.change(id, null);
  const control = {
    ...field,
    ref: input,
    ariaLabels,
    // Turned by its buttons, the calendar says which month it is now.
    attributes: { calendarHeaderLevel: { 'aria-live': 'polite' } },
    highlightToday: true,
    leftSection: <IconCalendar size={15} stroke={1.75} aria-hidden="true" />,
    leftSectionPointerEvents: 'none' as const,
    clearable,
    clearButtonProps,
    // A calendar offers no way to empty what it does not show.
    ...(clearable &&
      props.disabled !== true &&
      shownText(value) !== '' &&
      !isShown && { rightSection: <Input.ClearButton {...clearButtonProps} onClick={clear} /> }),
    classNames: { input: 'rt-one-line' },
    ...(min !== null && { minDate: min }),
    // To a picker of times, a day is its first minute, and it would go back to that when it closes.
    ...(max !== null && { maxDate: props.withTime === true ? `${max} 23:59:59` : max }),
  };
  if (props.withTime === true) {
    const clock = props.zone === 'none' || isClockTime(value) || isClockTime(props.value);
    const wall = isShown ? wallTime(value) : null;
    const written = wall === null ? null : clockText(isClockTime(value) ? value : wall.replace(' ', 'T'));
    const placeholder = odd ?? 'Choose a time';
    const name = [shownText(props.label) || id, required && 'required', written ?? placeholder];
    return (
      <DateTimePicker
        {...control}
        // It is a button: its label alone would say neither what is chosen nor that something must be.
        aria-label={name.filter(Boolean).join(', ')}
        popoverProps={{ ...popover, trapFocus: true, id: `${field.id}-picker` }}
        // By this id, the picker is named as the field is.
        labelProps={{ id: `${field.id}-picker` }}
        submitButtonProps={{ 'aria-label': 'Done' }}
        timePickerProps={{
          hoursInputLabel: 'Hours',
          minutesInputLabel: 'Minutes',
          hoursInputProps: { onMouseUp: staysSelected },
          minutesInputProps: { onMouseUp: staysSelected },
          ...(clock && {
            value: timeOf(value).slice(0, 5),
            onChange: (time: string) => {
              typedTime.current = time;
            },
          }),
        }}
        value={wall}
        placeholder={placeholder}
        // As it is: the picker reads it as this person's time, which may lack that hour.
        valueFormat={`[${written}]`}
        description={[props.hint, !clock && `Time zone ${zoneName(value)}`].filter(Boolean).join(' · ')}
        onChange={(chosen) => {
          const time = chosen !== null && clock ? clockOf(chosen, typedTime.current, value) : chosen;
          typedTime.current = '';
          session.change(id, time === null || clock ? time : instantOf(time, value));
        }}
      />
    );
  }
  const shown = isShown ? dayMeant(String(value)) : null;
  // Else the day from before would come back when the field is left, or be saved by Enter, without a word.
  const settle = (event: SyntheticEvent<HTMLInputElement>) => {
    const text = event.currentTarget.value;
    const taken = typedDate(text) ?? text;
    if (text.trim() !== '' && taken !== shown) session.change(id, taken);
    session.touch(id);
  };
  return (
    <DateInput
      {...control}
      aria-required={required}
      onBlur={settle}
      onFocus={() => setShut(false)}
      onClick={() => setShut(false)}
      onInput={() => setShut(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          settle(event);
          shutCalendar();
        }
        const erases = event.key === 'Backspace' || event.key === 'Delete';
        if (erases && clearable && event.currentTarget.value === '') clear();
      }}
      // The focus stays where one types; a trap would take it away in the middle of a word. Once Enter has sent the date,
      // the calendar would stand over what came of it.
      popoverProps={{ ...popover, ...(shut && { opened: false }) }}
      value={shown}
      valueFormat="D MMM YYYY"
      placeholder={odd ?? 'Such as 22 Nov 2026'}
      dateParser={typedDate}
      onChange={(date) => session.change(id, date)}
    />
  );
}
