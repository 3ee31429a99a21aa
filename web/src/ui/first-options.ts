import type { OptionsFilter, Primitive } from '@mantine/core';
import { figure } from '../lib/number.ts';
import { rankHits } from '../lib/rank-hits.ts';

/** More options than this are found by typing: drawing thousands takes seconds. */
export const OPTIONS_SHOWN = 200;

/** The first options that match, best first. All are searched, and where some are not drawn, the last line says so. */
export const firstOptions: OptionsFilter<Primitive> = ({ options, search }) => {
  const single = options.filter((option) => 'value' in option);
  const found = search.trim() === '' ? single : rankHits(single, search, ({ label }) => ({ name: label }));
  if (found.length <= OPTIONS_SHOWN) return found;
  const label = `Showing ${figure(OPTIONS_SHOWN)} of ${figure(found.length)}. Type to search.`;
  return [...found.slice(0, OPTIONS_SHOWN), { value: '…', label, disabled: true }];
};
