import { type ReactNode, useEffect } from 'react';

interface PageHeaderProps {
  readonly title: string;
  /** How many there are. */
  readonly figure?: string | undefined;
  /** One primary action, others before it. */
  readonly children?: ReactNode;
}

/** The head of a console page, 56 high; also names the browser's tab. */
export function PageHeader({ title, figure, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Sallyport`;
  }, [title]);
  return (
    <header className="sp-ph1">
      <h1>{title}</h1>
      {figure && (
        <span className="sp-t3 sp-tn" style={{ alignSelf: 'center', marginTop: 3 }}>
          {figure}
        </span>
      )}
      <span className="sp-row sp-end">{children}</span>
    </header>
  );
}
