import { IconLoader2 } from '@tabler/icons-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Hint } from './hint.tsx';

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'children'> {
  /** What it does: its name for everyone who does not see the icon, and its word on hover. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly small?: boolean;
  readonly busy?: boolean;
  readonly disabledReason?: string | false | undefined;
}

/** A button that is only an icon. */
export function IconButton({
  label,
  icon,
  small,
  busy,
  disabledReason,
  onClick,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Hint text={disabledReason || label}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-disabled={disabledReason ? true : undefined}
        aria-description={disabledReason || undefined}
        className={`sp-ib${small ? ' sp-sm' : ''}${className ? ` ${className}` : ''}`}
        onClick={disabledReason || busy ? undefined : onClick}
      >
        {busy ? <IconLoader2 size={16} stroke={1.75} className="sp-spin" aria-hidden="true" /> : icon}
      </button>
    </Hint>
  );
}
