import type { ReactNode } from 'react';
import { type Tone, toneClass } from './badge.tsx';

/** A state: a dot and a word, never colour alone. `off` is a ring, for what is paused. */
export function StatusDot({ tone, children }: { readonly tone: Tone | 'off'; readonly children: ReactNode }) {
  return (
    <span className="sp-st">
      <i className={`sp-dot ${tone === 'off' ? 'sp-off' : toneClass[tone]}`} />
      {children}
    </span>
  );
}
