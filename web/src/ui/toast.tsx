import { IconAlertCircleFilled, IconCircleCheckFilled, IconCircleXFilled, IconX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { seenText } from '../lib/seen-text.ts';
import { IconButton } from './icon-button.tsx';
import { dismiss, type ToastItem, toasts } from './toast-store.ts';
import { leavesKeys } from './use-focus-return.ts';

const lifetime = 5_000;
const icons = { ok: IconCircleCheckFilled, warn: IconAlertCircleFilled, bad: IconCircleXFilled } as const;

function Toast({ item }: { readonly item: ToastItem }) {
  const [held, setHeld] = useState(false);
  const stays = item.tone === 'bad' || held;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(item.id), lifetime);
    return () => clearTimeout(timer);
  }, [stays, item.id]);
  const Icon = icons[item.tone];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps it on the page
    <div
      ref={leavesKeys}
      className="sp-toast"
      role={item.tone === 'bad' ? 'alert' : 'status'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={17} className={`sp-${item.tone}`} aria-hidden="true" style={{ marginTop: 2 }} />
      <span className="sp-grow">
        <span className="sp-m">{seenText(item.title)} </span>
        {item.text && (
          <span className="sp-t2 sp-sm" style={{ display: 'block' }}>
            {seenText(item.text)}
          </span>
        )}
      </span>
      {item.action && (
        <button
          type="button"
          className="sp-btn sp-ghost sp-xs sp-acc"
          onClick={() => {
            item.action?.run();
            dismiss(item.id);
          }}
        >
          {item.action.label}
        </button>
      )}
      <IconButton
        small
        label="Close"
        icon={<IconX size={14} stroke={2} aria-hidden="true" />}
        onClick={() => dismiss(item.id)}
      />
    </div>
  );
}

/** Where toasts stand: bottom right, five seconds, held while pointed at; errors stay until closed. */
export function Toasts() {
  const items = useSyncExternalStore(toasts.subscribe, toasts.read);
  return (
    <section className="sp-toasts" aria-label="Messages">
      {items.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </section>
  );
}
