import type { KeyboardEvent, ReactNode } from 'react';

interface TabBarProps<T extends string> {
  readonly label: string;
  /** The id of its `TabPanel`. */
  readonly panel: string;
  readonly tabs: readonly { readonly id: T; readonly name: string; readonly note?: ReactNode }[];
  readonly active: T;
  readonly onShow: (id: T) => void;
}

/** Tabs with the arrow keys, Home and End; one stop for Tab. */
export function TabBar<T extends string>({ label, panel, tabs, active, onShow }: TabBarProps<T>) {
  const move = (event: KeyboardEvent, index: number) => {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
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
          id={`${panel}-${tab.id}`}
          aria-controls={tab.id === active ? panel : undefined}
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

/** What the active tab is about. Without a class of its own it is no box: what it holds lays itself out around it. */
export function TabPanel({
  id,
  active,
  className = 'bd-tab-panel',
  children,
}: {
  readonly id: string;
  readonly active: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div role="tabpanel" id={id} aria-labelledby={`${id}-${active}`} className={className}>
      {children}
    </div>
  );
}
