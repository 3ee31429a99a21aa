import { defaultOptionsFilter, type OptionsFilter, type Primitive } from '@mantine/core';
import { figure } from '../lib/number.ts';

/** More options than this are found by typing: drawing thousands takes seconds. */
export const OPTIONS_SHOWN = 200;

/** The first options that match. All are searched, and where some are not drawn, the last line says so. */
export const firstOptions: OptionsFilter<Primitive> = ({ options, search }) => {
  const found = defaultOptionsFilter({ options, search, limit: Number.POSITIVE_INFINITY });
  if (found.length <= OPTIONS_SHOWN) return found;
  const label = `Showing ${figure(OPTIONS_SHOWN)} of ${figure(found.length)}. Type to search.`;
  return [...found.slice(0, OPTIONS_SHOWN), { value: '…', label, disabled: true }];
};
