import { IconAdjustmentsHorizontal, IconPlus } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Button } from '../../../ui/button.tsx';

const icon = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;

/** Opens the editor of filters. */
export function FilterButton({
  narrow,
  count,
  ...rest
}: ComponentProps<typeof Button> & { readonly narrow: boolean; readonly count: number }) {
  return (
    <Button {...rest} icon={narrow ? <IconAdjustmentsHorizontal {...icon} /> : <IconPlus {...icon} />}>
      {narrow && count > 0 ? `Filters ${count}` : 'Filter'}
    </Button>
  );
}
