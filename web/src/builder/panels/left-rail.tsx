import { IconKeyboard } from '@tabler/icons-react';
import { commandKey } from '../../lib/command-key.ts';
import { useBuilder, useView } from '../builder-context.ts';
import { ComponentTree } from './component-tree.tsx';
import { PageList } from './page-list.tsx';
import { Palette } from './palette.tsx';
import { QueryList } from './query-list.tsx';
import { VariableList } from './variable-list.tsx';

/** Pages, components, queries and variables; the palette slides over them. */
export function LeftRail() {
  const { view } = useBuilder();
  const palette = useView((s) => s.palette);
  return (
    <nav className="bd-left" aria-label="App">
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
