import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useRuns, useView } from '../builder-context.ts';
import { PanelGrip } from '../queries/panel-grip.tsx';
import { TabBar, TabPanel } from '../queries/tab-bar.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { StateTree } from './state-tree.tsx';

/** What the page holds now, and what ran: with why, and the id to ask about. */
export function DebugPanel() {
  const { view, runs: log } = useBuilder();
  const height = useView((s) => s.panelHeight);
  const runs = useRuns((s) => s.runs);
  const [tab, setTab] = useState<'state' | 'runs'>('state');
  return (
    <section className="bd-qp bd-debug" aria-label="Debug" style={{ height }}>
      <PanelGrip />
      <div className="bd-debug-head">
        <TabBar
          label="Debug"
          panel="bd-debug-shown"
          active={tab}
          onShow={setTab}
          tabs={[
            { id: 'state', name: 'State' },
            { id: 'runs', name: 'Runs', note: runs.length },
          ]}
        />
        <span className="sp-end sp-row">
          {tab === 'runs' && (
            <Button
              size="xs"
              disabledReason={runs.length === 0 && 'No runs yet.'}
              onClick={() => log.getState().clear()}
            >
              Clear
            </Button>
          )}
          <IconButton
            small
            label="Close the debug panel"
            icon={<IconX size={15} stroke={1.75} aria-hidden="true" />}
            onClick={() => {
              document.getElementById('bd-debug')?.focus();
              view.getState().show({ debug: false });
            }}
          />
        </span>
      </div>
      <TabPanel id="bd-debug-shown" active={tab}>
        {tab === 'state' ? <StateTree /> : <RunTimeline runs={runs} />}
      </TabPanel>
    </section>
  );
}
