import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { type ButtonSize, type ButtonTone, buttonClass } from './button.tsx';

interface AnchorProps extends ComponentPropsWithRef<'a'> {
  readonly tone?: ButtonTone;
  readonly size?: ButtonSize;
  readonly block?: boolean;
  readonly icon?: ReactNode;
}

function Anchor({ tone, size, block, icon, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(tone, size, block)}>
      {icon}
      {children}
    </a>
  );
}

/** A link that looks like a button, for going somewhere rather than doing something. */
export const LinkButton = createLink(Anchor);
