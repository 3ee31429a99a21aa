import type { KeyboardEvent, ReactNode } from 'react';

interface TabBarProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly name: string; readonly note?: ReactNode }[];
  readonly active: T;
  readonly onShow: (id: T) => void;
}

/** Tabs with the arrow keys, one stop for Tab. */
export function TabBar<T extends string>({ label, tabs, active, onShow }: TabBarProps<T>) {
  const move = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    onShow(next.id);
    const bar = event.currentTarget.parentElement;
    (bar?.children[tabs.indexOf(next)] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="bd-tabs" role="tablist" aria-label={label}>
      {tabs.map((tab, index) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          className="bd-tab"
          aria-selected={tab.id === active}
          tabIndex={tab.id === active ? 0 : -1}
          onClick={() => onShow(tab.id)}
          onKeyDown={(event) => move(event, index)}
        >
          {tab.name}
          {tab.note !== undefined && <span className="sp-t3 sp-tn">{tab.note}</span>}
        </button>
      ))}
    </div>
  );
}
