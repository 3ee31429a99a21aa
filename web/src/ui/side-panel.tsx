import { IconX } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

interface SidePanelProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** Above the title: which one of many it is. */
  readonly over?: ReactNode;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** Its name when read out: what of all that could be in it is. */
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A detail beside its list, with an address of its own. Escape closes it, unless a field or dialog takes the key. Who
 * was in it goes on at its row.
 */
export function SidePanel({
  title,
  subtitle,
  over,
  icon,
  actions,
  wide,
  label,
  onClose,
  children,
}: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const leave = useCallback(() => {
    if (panel.current?.contains(document.activeElement))
      panel.current.parentElement?.querySelector<HTMLElement>('.sp-row-link[aria-current]')?.focus();
    onClose();
  }, [onClose]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // A field, a menu or a dialog takes the key for itself.
      const taken =
        event.target instanceof Element &&
        event.target.closest('input, textarea, [role="dialog"], [role="menu"]');
      if (!taken) leave();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [leave]);
  return (
    <aside ref={panel} className={`sp-panel${wide ? ' sp-panel-wide' : ''}`} aria-label={label}>
      {/* The keyboard stays where it is: what was opened, or is shown instead, is read out. */}
      <span role="status" className="sp-visually-hidden">
        {label}
      </span>
      <div className="sp-panel-head">
        {icon}
        <div className="sp-col sp-grow">
          {over && <span className="sp-t3 sp-sm">{over}</span>}
          {title}
          {subtitle && <span className="sp-t3 sp-sm">{subtitle}</span>}
        </div>
        {actions}
        <IconButton
          label="Close"
          icon={<IconX size={16} stroke={1.75} aria-hidden="true" />}
          onClick={leave}
        />
      </div>
      <div className="sp-panel-body">{children}</div>
    </aside>
  );
}

/** One part of a panel, with a hairline above. */
export const PanelSection = ({ children }: { readonly children: ReactNode }) => (
  <section className="sp-ps">{children}</section>
);
