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
  /** It comes of what somebody typed or chose elsewhere on the page, so the fact is read out. */
  readonly said?: boolean;
}

/** Nothing here: the fact, the next step, one button. */
export function EmptyState({ icon, title, text, children, said = false }: EmptyStateProps) {
  return (
    <div className="sp-blank">
      {icon}
      <span className="sp-m" role={said ? 'status' : undefined}>
        {title}
      </span>
      {text && <span className="sp-t3 sp-sm">{text}</span>}
      {children && (
        <span className="sp-row" style={{ marginTop: 8 }}>
          {children}
        </span>
      )}
    </div>
  );
}
