import { COMPONENTS, type Component } from '@sallyport/contract';
import { useBuilder } from '../builder-context.ts';
import { setHandlers } from '../document/configure-component.ts';
import { HandlerList } from './handler-list.tsx';
import { useNameable } from './use-nameable.ts';

const TITLES: Record<string, string> = {
  onClick: 'On click',
  onChange: 'On change',
  onSubmit: 'On submit',
  onRowSelect: 'On row select',
  onRowOpen: 'On row open (Enter or double-click)',
  onOpen: 'On open',
  onClose: 'On close',
};

/** What a component's events do. */
export function EventsTab({ id, component }: { readonly id: string; readonly component: Component }) {
  const { editor } = useBuilder();
  const names = useNameable();
  const { events, label } = COMPONENTS[component.type];
  if (events.length === 0) {
    return (
      <p className="bd-none" style={{ padding: 12 }}>
        A {label.toLowerCase()} has no events.
      </p>
    );
  }
  return (
    <>
      {events.map((event) => (
        <section className="bd-is" key={event} aria-label={event}>
          <h3>
            {TITLES[event] ?? event}
            <span className="sp-mono sp-t3 sp-xs sp-end">{event}</span>
          </h3>
          <HandlerList
            handlers={component.on[event] ?? []}
            names={names}
            label={event}
            at={`on:${id}:${event}`}
            onChange={(handlers) =>
              editor.getState().edit(`Set ${event} of ${id}`, (d) => setHandlers(d, id, event, handlers), {
                key: `${id}.${event}`,
              })
            }
          />
        </section>
      ))}
    </>
  );
}
