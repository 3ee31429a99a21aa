import type { ComponentType } from '@sallyport/contract';
import {
  IconAppWindow,
  IconBoxMultiple,
  IconCalendar,
  IconChartBar,
  IconClick,
  IconForms,
  IconLayoutRows,
  IconNumber123,
  IconNumbers,
  IconSelector,
  IconTable,
  IconToggleLeft,
  IconTypography,
} from '@tabler/icons-react';

/** One icon for each type of component, everywhere in the builder. */
export const componentIcons: Record<ComponentType, typeof IconTable> = {
  table: IconTable,
  text: IconTypography,
  statistic: IconNumbers,
  chart: IconChartBar,
  textInput: IconForms,
  numberInput: IconNumber123,
  select: IconSelector,
  date: IconCalendar,
  checkbox: IconToggleLeft,
  button: IconClick,
  form: IconLayoutRows,
  container: IconBoxMultiple,
  modal: IconAppWindow,
};
