import { IconShieldCheck } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';

/** Opens the list of everything that the release can do. */
export function MayDoButton({ className = '', ...rest }: ComponentPropsWithRef<'button'>) {
  return (
    <button type="button" {...rest} className={`rt-may ${className}`}>
      <IconShieldCheck size={15} stroke={1.75} aria-hidden="true" />
      What this app can do
    </button>
  );
}
