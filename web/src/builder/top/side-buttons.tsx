import { IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useView } from '../builder-context.ts';

const SIDES = [
  ['rail', 'Pages, components and queries', IconLayoutSidebar],
  ['inspector', 'Inspector', IconLayoutSidebarRight],
] as const;

/** Where the window has no room for both sides of the canvas: which of them is shown. */
export function SideButtons() {
  const { view } = useBuilder();
  const side = useView((s) => s.side);
  const preview = useView((s) => s.preview);
  return (
    <span className="bd-sides">
      {SIDES.map(([name, label, Icon]) => (
        <IconButton
          key={name}
          label={label}
          aria-pressed={side === name}
          className={side === name ? 'sp-on' : ''}
          disabledReason={preview && name === 'inspector' && 'Not available in the preview.'}
          icon={<Icon size={17} stroke={1.75} aria-hidden="true" />}
          onClick={() => view.getState().show({ side: side === name ? 'none' : name })}
        />
      ))}
    </span>
  );
}
