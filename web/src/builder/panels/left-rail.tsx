import { IconKeyboard } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { commandKey } from '../../lib/command-key.ts';
import { useBuilder, useView } from '../builder-context.ts';
import { ONE_THING } from '../view-store.ts';
import { ComponentTree } from './component-tree.tsx';
import { PageList } from './page-list.tsx';
import { Palette } from './palette.tsx';
import { QueryList } from './query-list.tsx';
import { VariableList } from './variable-list.tsx';

/** Pages, components, queries and variables; the palette slides over them. */
export function LeftRail() {
  const { view } = useBuilder();
  const palette = useView((s) => s.palette);
  const chose = (event: MouseEvent) => {
    // Where the rail stands in place of everything else, what was chosen in it is there to be seen.
    if ((event.target as Element).closest('.bd-li') && window.matchMedia(ONE_THING).matches) {
      view.getState().show({ side: 'none' });
      document.querySelector<HTMLElement>('.bd-sides button')?.focus();
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its rows are buttons, and Enter on one is a click
    <nav className="bd-left" aria-label="App" onClick={chose}>
      <div className="bd-left-body" inert={palette}>
        <PageList />
        <ComponentTree />
        <QueryList />
        <VariableList />
      </div>
      <div className="bd-left-foot" inert={palette}>
        <button
          type="button"
          className="bd-foot-button"
          onClick={() => view.getState().show({ dialog: { kind: 'shortcuts' } })}
        >
          <IconKeyboard size={15} stroke={1.75} aria-hidden="true" />
          Shortcuts
          <span className="sp-kbd">?</span>
        </button>
        <button
          type="button"
          className="bd-foot-button sp-end"
          onClick={() => view.getState().show({ dialog: { kind: 'find' } })}
        >
          Find
          <span className="sp-kbd">{commandKey('K')}</span>
        </button>
      </div>
      {palette && <Palette />}
    </nav>
  );
}
