import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentPropsWithRef, type ReactNode, useLayoutEffect, useRef } from 'react';
import { menuOwner } from '../../ui/menu-owner.ts';
import { giveFocus } from '../../ui/use-focus-return.ts';

interface ListRowProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'type'> {
  readonly icon: ReactNode;
  readonly name: string;
  readonly mono?: boolean;
  readonly on?: 'page' | 'item' | false;
  /** How deep it stands in a tree. */
  readonly depth?: number;
  readonly end?: ReactNode;
  /** What the dots open; shown on hover and focus. */
  readonly menu?: ReactNode;
}

/** One line of a list on the left. */
export function ListRow({ icon, name, mono, on, depth = 0, end, menu, ...rest }: ListRowProps) {
  const left = 12 + depth * 18;
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () => () => {
      // Removed by its own menu, or by a key on it: who did it goes on at the row beside it, or at what adds one.
      const gone = row.current;
      if (gone === null || !gone.contains(menuOwner() ?? document.activeElement)) return;
      const beside = (gone.nextElementSibling ?? gone.previousElementSibling)?.querySelector('.bd-li');
      giveFocus(beside ?? gone.closest('.bd-part')?.querySelector('h2 button:last-of-type') ?? null);
    },
    [],
  );
  return (
    <div className="bd-row" ref={row}>
      <button
        {...rest}
        type="button"
        className="bd-li"
        data-on={on || undefined}
        aria-current={on ? 'true' : undefined}
        style={{ paddingLeft: left }}
      >
        {Array.from({ length: depth }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: guides are only their place
          <span key={i} className="bd-guide" style={{ left: 19 + i * 18 }} />
        ))}
        {icon}
        <span className={mono ? 'sp-mono' : 'sp-cut'}>{name}</span>
        {end && <span className="sp-end sp-t3 sp-sm sp-tn">{end}</span>}
      </button>
      {menu && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <button type="button" className="sp-ib sp-sm bd-more" aria-label={`More about ${name}`}>
              <IconDots size={14} stroke={2} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>{menu}</Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
