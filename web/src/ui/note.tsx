import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Tone, toneClass } from './badge.tsx';

const icons = {
  plain: IconInfoCircle,
  accent: IconInfoCircle,
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
} as const;

/** A sentence or two that stands in the page, with its tone. */
export function Note({
  tone = 'plain',
  title,
  children,
  action,
  icon,
}: {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={`sp-note ${toneClass[tone]}`}>
      {icon ?? <Icon size={17} stroke={1.75} aria-hidden="true" />}
      <span className="sp-grow">
        {title && <span className="sp-m">{title} </span>}
        {children}
      </span>
      {action}
    </div>
  );
}
