import { IconMenu2 } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';

/** Opens the list of pages where there is no room for tabs. */
export function PagesButton({ className = '', ...rest }: ComponentPropsWithRef<'button'>) {
  return (
    <button type="button" aria-label="Pages" {...rest} className={`sp-ib ${className}`}>
      <IconMenu2 size={18} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
