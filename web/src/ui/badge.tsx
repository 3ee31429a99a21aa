import type { ReactNode } from 'react';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'accent';
export const toneClass: Record<Tone, string> = {
  plain: '',
  ok: 'sp-ok',
  warn: 'sp-warn',
  bad: 'sp-bad',
  accent: 'sp-acc',
};

/** A class of thing, in a word. For a state use `StatusDot`. */
export function Badge({
  tone = 'plain',
  icon,
  small,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly small?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={`sp-bdg ${toneClass[tone]}${small ? ' sp-xs' : ''}`}>
      {icon}
      {children}
    </span>
  );
}
