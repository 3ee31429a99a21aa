import type { MantineColorsTuple } from '@mantine/core';

/** The accent: selected, primary, link, in progress; never state. */
export const port: MantineColorsTuple = [
  '#EEF1FD',
  '#DCE2FB',
  '#BFC9F8',
  '#A3B3FA',
  '#8596F3',
  '#6B7FEB',
  '#566AE2',
  '#4459D6',
  '#3547B8',
  '#2B3A9A',
];
export const gray: MantineColorsTuple = [
  '#F6F7F9',
  '#F1F3F6',
  '#E7EAEF',
  '#E3E6EB',
  '#CFD4DC',
  '#868E9B',
  '#5E6775',
  '#4B5361',
  '#2A2F38',
  '#14171C',
];
export const dark: MantineColorsTuple = [
  '#ECEEF2',
  '#AEB6C2',
  '#8D96A5',
  '#6C7584',
  '#3A414C',
  '#282D35',
  '#1B1F25',
  '#15181D',
  '#101317',
  '#0E1014',
];
