import './entry.css';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Mark } from '../../ui/mark.tsx';
import { Arches } from './arches.tsx';

/** The box in the middle of a page that is reached without being signed in. */
export function EntryBox({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Sallyport`;
  }, [title]);
  return (
    <div className="sp-signin">
      <Arches />
      <main className="sp-box">
        <div className="sp-box-head">
          <Mark size={34} />
          <h1>{title}</h1>
          <p className="sp-t3 sp-row sp-g6">
            {text ?? (
              <>
                <IconLock size={14} stroke={2} aria-hidden="true" />
                {location.host}
              </>
            )}
          </p>
        </div>
        {children}
      </main>
      <footer className="sp-foot">
        <span>Every sign-in is recorded</span>
      </footer>
    </div>
  );
}
