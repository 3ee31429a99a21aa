import type { ReactNode } from 'react';

/** A part of the left rail: its name, what can be done with it, its lines. */
export function Section({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="bd-part" aria-label={title}>
      <h2 className="bd-sec">
        {title}
        <span className="sp-end sp-row" style={{ gap: 0 }}>
          {actions}
        </span>
      </h2>
      {children}
    </section>
  );
}
