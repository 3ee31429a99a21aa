import type { ReactNode } from 'react';

/** The head of a part of a panel or page. */
export function SectionHead({
  icon,
  title,
  children,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <h2 className="sp-section-head">
      {icon}
      {title}
      {children && <span className="sp-row sp-end sp-section-side">{children}</span>}
    </h2>
  );
}
