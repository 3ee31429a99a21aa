import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** 24 px. */
  readonly icon?: ReactNode;
  /** The fact. */
  readonly title: ReactNode;
  /** The next step. */
  readonly text?: ReactNode;
  /** One button; two where nothing matches. */
  readonly children?: ReactNode;
}

/** Nothing here: the fact, the next step, one button. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="sp-blank">
      {icon}
      <span className="sp-m">{title}</span>
      {text && <span className="sp-t3 sp-sm">{text}</span>}
      {children && (
        <span className="sp-row" style={{ marginTop: 8 }}>
          {children}
        </span>
      )}
    </div>
  );
}
