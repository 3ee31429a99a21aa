import { useState } from 'react';
import { sayTouched, type TouchedAccess, type TouchedBoth } from './group-touched.ts';
import './touched.css';

const SHOWN = 8;

/** What is read and written of one table, column by column; a long list is cut, and opened by its end. */
export function TouchedColumns({ read, write }: Omit<TouchedBoth, 'name'>) {
  return (
    <span className="bd-touched">
      {read && <Access access="read" touched={read} />}
      {write && <Access access="write" touched={write} />}
    </span>
  );
}

function Access({ access, touched }: { readonly access: 'read' | 'write'; readonly touched: TouchedAccess }) {
  const [open, setOpen] = useState(false);
  const columns = touched.columns ?? [];
  // One more than fits is shown rather than counted.
  const cut = !open && columns.length > SHOWN + 1;
  const shown = cut ? columns.slice(0, SHOWN) : columns;
  const said = sayTouched(access, touched);
  return (
    <span>
      <span className={access === 'write' ? 'sp-warn' : undefined}>
        {said.charAt(0).toUpperCase() + said.slice(1)}
      </span>{' '}
      {shown.map((column, i) => (
        <span key={column} className="sp-mono">
          {column}
          {i < shown.length - 1 ? ', ' : ''}
        </span>
      ))}
      {cut && (
        <>
          {' '}
          <button type="button" className="bd-touched-more" onClick={() => setOpen(true)}>
            and {columns.length - SHOWN} more
          </button>
        </>
      )}
    </span>
  );
}
