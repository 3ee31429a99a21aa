import { COMPONENT_TYPES, COMPONENTS, type ComponentType } from '@sallyport/contract';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { focusOnce } from '../../ui/focus-once.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder } from '../builder-context.ts';
import { beginPaletteDrag, leavePalette } from '../canvas/palette-drag.ts';
import { placeNew } from '../commands.ts';
import { componentIcons } from '../component-icons.ts';

const GROUPS = [
  ['show', 'Display'],
  ['enter', 'Input'],
  ['act', 'Actions'],
  ['arrange', 'Layout'],
] as const;

/** What can be placed: drag it onto the canvas, or press Enter to place it below the rest. */
export function Palette() {
  const builder = useBuilder();
  const [filter, setFilter] = useState('');
  // What opened it stands below it, and is out of reach until it is gone; that of an empty page is gone then.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return;
      const placed = document.querySelector<HTMLElement>('.bd-frame[data-selected]');
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else placed?.focus({ preventScroll: true });
    },
    [opener],
  );
  const shown = COMPONENT_TYPES.filter((type) =>
    `${COMPONENTS[type].label} ${type}`.toLowerCase().includes(filter.trim().toLowerCase()),
  );
  const close = () => builder.view.getState().show({ palette: false });
  const place = (type: ComponentType) => placeNew(builder, type);
  return (
    <div className="bd-palette" role="dialog" aria-label="Add component">
      <h2 className="bd-sec">
        Add component
        <span className="sp-end">
          <IconButton
            small
            label="Close"
            icon={<IconX size={14} stroke={2} aria-hidden="true" />}
            onClick={close}
          />
        </span>
      </h2>
      <div className="sp-in sp-sm" style={{ margin: '0 10px 4px' }}>
        <IconSearch size={13} stroke={2} aria-hidden="true" />
        <input
          aria-label="Find a component to add"
          placeholder="Find"
          value={filter}
          ref={focusOnce}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
            if (event.key === 'Enter' && shown[0]) place(shown[0]);
          }}
        />
      </div>
      <div className="bd-palette-body">
        {shown.length === 0 && <p className="bd-none">No components match “{filter}”.</p>}
        {GROUPS.map(([group, title]) => {
          const types = shown.filter((type) => COMPONENTS[type].group === group);
          if (types.length === 0) return null;
          return (
            <section key={group} aria-label={title}>
              <h3 className="bd-palette-group">{title}</h3>
              <div className="bd-tiles">
                {types.map((type) => {
                  const Icon = componentIcons[type];
                  return (
                    <button
                      key={type}
                      type="button"
                      className="bd-tile"
                      onPointerDown={(event) => beginPaletteDrag(builder, type, event.nativeEvent)}
                      onClick={(event) => {
                        place(type);
                        // The keyboard goes on in it.
                        if (event.detail > 0) leavePalette(builder);
                      }}
                    >
                      <Icon size={15} stroke={1.75} aria-hidden="true" />
                      {COMPONENTS[type].label}
                    </button>
                  );
                })}
              </div>
            </section>
          );
        })}
      </div>
    </div>
  );
}
