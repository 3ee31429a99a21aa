import { Menu } from '@mantine/core';
import { COMPONENTS } from '@sallyport/contract';
import { IconDots, IconPencil } from '@tabler/icons-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor, useView } from '../builder-context.ts';
import { componentIcons } from '../component-icons.ts';
import { ComponentMenu } from '../panels/component-menu.tsx';
import { TabBar, TabPanel } from '../queries/tab-bar.tsx';
import { ContentTab } from './content-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import { LayoutTab } from './layout-tab.tsx';
import { PageInspector } from './page-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';
import './inspector.css';

/** What can be set of the selection; of the page when nothing is selected. */
export function Inspector() {
  const selection = useEditor((s) => s.selection);
  const [id] = selection;
  return (
    <aside className="bd-insp" aria-label="Inspector">
      {selection.length > 1 ? (
        <SeveralInspector ids={selection} />
      ) : id === undefined ? (
        <PageInspector />
      ) : (
        <ComponentInspector id={id} />
      )}
    </aside>
  );
}

function ComponentInspector({ id }: { readonly id: string }) {
  const { view } = useBuilder();
  const component = useEditor((s) => s.document.pages[s.page]?.components[id]);
  const tab = useView((s) => s.inspectorTab);
  if (!component) return null;
  const { label } = COMPONENTS[component.type];
  const Icon = componentIcons[component.type];
  const steps = Object.values(component.on).reduce((sum, list) => sum + list.length, 0);
  return (
    <>
      <header className="bd-insp-head">
        <Icon size={16} stroke={1.75} aria-hidden="true" />
        <h2 className="sp-mono sp-b sp-cut" style={{ fontSize: 12.5, margin: 0 }}>
          {id}
        </h2>
        <IconButton
          small
          label={`Rename ${id}`}
          icon={<IconPencil size={13} stroke={2} aria-hidden="true" />}
          onClick={() => view.getState().show({ dialog: { kind: 'rename', what: 'component', name: id } })}
        />
        <span className="sp-end sp-t3 sp-sm">{label}</span>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <button type="button" className="sp-ib sp-sm" aria-label={`More about ${id}`}>
              <IconDots size={15} stroke={1.75} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <ComponentMenu ids={[id]} Item={Menu.Item} Divider={Menu.Divider} />
          </Menu.Dropdown>
        </Menu>
      </header>
      <TabBar
        label={`About ${id}`}
        panel="bd-insp-shown"
        active={tab}
        onShow={(next) => view.getState().show({ inspectorTab: next })}
        tabs={[
          { id: 'content', name: 'Content' },
          { id: 'events', name: 'Events', ...(steps > 0 && { note: steps }) },
          { id: 'layout', name: 'Layout' },
        ]}
      />
      <TabPanel id="bd-insp-shown" active={tab} className="bd-insp-body">
        {tab === 'content' && <ContentTab id={id} component={component} />}
        {tab === 'events' && <EventsTab id={id} component={component} />}
        {tab === 'layout' && <LayoutTab id={id} component={component} />}
      </TabPanel>
    </>
  );
}
