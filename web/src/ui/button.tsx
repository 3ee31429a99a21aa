import { IconLoader2 } from '@tabler/icons-react';
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react';
import { Hint } from './hint.tsx';

export type ButtonTone = 'primary' | 'default' | 'ghost' | 'accent' | 'danger' | 'danger-fill';
export type ButtonSize = 'xs' | 'sm' | 'md' | 'lg';

const tones: Record<ButtonTone, string> = {
  primary: 'sp-primary',
  default: '',
  ghost: 'sp-ghost',
  accent: 'sp-ghost sp-acc',
  danger: 'sp-danger',
  'danger-fill': 'sp-danger sp-fill',
};

export const buttonClass = (tone: ButtonTone = 'default', size: ButtonSize = 'md', block = false): string =>
  ['sp-btn', tones[tone], size === 'md' ? '' : `sp-${size}`, block ? 'sp-block' : '']
    .filter(Boolean)
    .join(' ');

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly tone?: ButtonTone;
  readonly size?: ButtonSize;
  readonly block?: boolean;
  readonly icon?: ReactNode;
  /** Why it cannot be pressed now: it stays in reach and says so, on hover, on focus and when read out. */
  readonly disabledReason?: string | false | undefined;
  /** The verb in progress, `Publishing…`, while work goes on. */
  readonly busy?: string | false | undefined;
}

/** A button of the look. One primary to a region; `…` in its label when a dialog follows. */
export function Button({
  tone,
  size,
  block,
  icon,
  disabledReason,
  busy,
  children,
  onClick,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  const held = Boolean(disabledReason) || Boolean(busy);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (held) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <Hint text={disabledReason}>
      <button
        {...rest}
        type={type}
        className={`${buttonClass(tone, size, block)}${className ? ` ${className}` : ''}`}
        aria-disabled={disabledReason ? true : undefined}
        aria-busy={busy ? true : undefined}
        aria-description={disabledReason || undefined}
        onClick={press}
      >
        {busy ? <IconLoader2 size={15} stroke={2} className="sp-spin" aria-hidden="true" /> : icon}
        {busy || children}
      </button>
    </Hint>
  );
}
