import { type ComponentType, isOddMoment, isOddNumber } from '@sallyport/contract';
import { localWriting } from '../../lib/number-writing.ts';
import { compareDecimals, isDecimal, plainDecimal } from './compare-decimals.ts';
import { boundsProblem, dayMeant, isDay } from './date-bounds.ts';
import { shownText } from './shown-text.ts';
import { twoNumbers } from './typed-number.ts';

type Props = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const given = (value: unknown): string | null => (isEmpty(value) ? null : shownText(value));

function textProblem(props: Props, value: string): string | null {
  const longest = given(props.maxLength);
  // As the databases count: an emoji is one or two characters there, and not four.
  const length = longest === null ? 0 : [...value].length;
  if (longest !== null && length > Number(longest))
    return `Maximum ${longest} characters. You entered ${length}.`;
  if (props.format === 'email' && !/^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/.test(value))
    return 'Enter an email address, such as name@example.com.';
  if (props.format === 'url' && !/^https?:\/\/\S+$/.test(value))
    return 'Enter an address that starts with https://.';
  return null;
}

function numberProblem(props: Props, value: string): string | null {
  if (isOddNumber(value)) return null;
  if (!isDecimal(value)) return twoNumbers(value) ?? 'Enter a number.';
  const min = given(props.min);
  const max = given(props.max);
  if (min !== null && compareDecimals(value, min) < 0)
    return `Must be ${localWriting.write(min, true)} or more.`;
  if (max !== null && compareDecimals(value, max) > 0)
    return `Must be ${localWriting.write(max, true)} or less.`;
  const decimals = given(props.decimals);
  const places = plainDecimal(value).split('.')[1]?.length ?? 0;
  if (decimals !== null && places > Number(decimals)) {
    return Number(decimals) === 0 ? 'Enter a whole number.' : `At most ${decimals} decimals.`;
  }
  return null;
}

function dateProblem(props: Props, value: string): string | null {
  const withTime = props.withTime === true;
  if (isOddMoment(value)) return null;
  if (withTime && Number.isNaN(Date.parse(value))) return 'Enter a time.';
  if (!withTime && !isDay(value)) return 'Enter a date, such as 22 Nov 2026.';
  return boundsProblem(withTime ? value : dayMeant(value), given(props.min), given(props.max), withTime);
}

/** What is wrong with the value of an input, as a sentence, or null. */
export function validateInput(type: ComponentType, props: Props, value: unknown): string | null {
  if (isEmpty(value)) return props.required === true ? `${given(props.label) ?? 'This'} is required.` : null;
  switch (type) {
    case 'textInput':
      return textProblem(props, shownText(value));
    case 'numberInput':
      return numberProblem(props, shownText(value));
    case 'date':
      return dateProblem(props, shownText(value));
    default:
      return null;
  }
}
