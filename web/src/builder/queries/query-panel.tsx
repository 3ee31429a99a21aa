import type { RestQuery, SqlQuery } from '@sallyport/contract';
import {
  IconAlertCircle,
  IconChevronDown,
  IconChevronUp,
  IconDatabase,
  IconDeviceFloppy,
  IconPlayerPlay,
  IconPlus,
  IconSettings,
} from '@tabler/icons-react';
import { commandKey } from '../../lib/command-key.ts';
import { figure } from '../../lib/number.ts';
import { sameValue } from '../../lib/same-value.ts';
import { Button } from '../../ui/button.tsx';
import { EffectBadge } from '../../ui/effect-badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useBuilder, useEditor, usePanel, useRuns, useView } from '../builder-context.ts';
import { RunTimeline } from '../debug/run-timeline.tsx';
import { ArgumentsTab } from './arguments-tab.tsx';
import { compiledBy } from './check.ts';
import { listWithin } from './list-within.ts';
import { NewQueryMenu } from './new-query-menu.tsx';
import { PanelGrip } from './panel-grip.tsx';
import type { OpenQuery, ResultTab as Tab } from './panel-store.ts';
import { changeQuery, saveQuery } from './query-commands.ts';
import { OPEN_QUERY, QueryTab } from './query-tab.tsx';
import { RestEditor } from './rest-editor.tsx';
import { ResultFoot } from './result-foot.tsx';
import { ResultTab } from './result-tab.tsx';
import { runQuery } from './run-query.ts';
import { SentTab } from './sent-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { SqlEditor } from './sql-editor.tsx';
import { StatusLine } from './status-line.tsx';
import { TabBar, TabPanel } from './tab-bar.tsx';
import { useShownResult } from './use-shown-result.ts';

/** The query panel: what is open, its text, its result. */
export function QueryPanel() {
  const { view } = useBuilder();
  const open = useView((s) => s.panelOpen);
  const height = useView((s) => s.panelHeight);
  const active = usePanel((s) => s.active);
  const tabs = usePanel((s) => s.tabs);
  const query = usePanel((s) => (s.active ? s.open[s.active] : undefined));
  const saved = useEditor((s) => Object.keys(s.queries).length);
  const begun = usePanel((s) => Object.keys(s.open).length);
  const Arrow = open ? IconChevronDown : IconChevronUp;
  return (
    <section
      className="bd-qp"
      aria-label="Query panel"
      data-closed={open ? undefined : true}
      style={{ height: !open ? 37 : query ? height : undefined }}
    >
      {open && query && <PanelGrip />}
      <div className="bd-qh">
        <div className="bd-qtabs" role="tablist" aria-label="Open queries">
          {tabs.map((name, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tab that gets another name stays, with the keys in it
            <QueryTab key={at} name={name} />
          ))}
        </div>
        <span className="sp-row" style={{ alignSelf: 'center' }}>
          <NewQueryMenu>
            <IconButton
              small
              label="Add query"
              icon={<IconPlus size={15} stroke={1.75} aria-hidden="true" />}
            />
          </NewQueryMenu>
        </span>
        <span className="sp-end sp-row">
          {active && query && <QueryHead name={active} query={query} />}
          <IconButton
            small
            label={open ? 'Collapse the query panel' : 'Expand the query panel'}
            icon={<Arrow size={15} stroke={1.75} aria-hidden="true" />}
            onClick={() => view.getState().show({ panelOpen: !open })}
          />
        </span>
      </div>
      {open && active && query && (
        <TabPanel id={OPEN_QUERY} active={active}>
          <OpenQueryBody name={active} query={query} />
        </TabPanel>
      )}
      {open && !query && (
        <div className="bd-qp-none">
          <span className="sp-t2">
            No query is open.{' '}
            {saved + begun > 0 ? 'Choose one on the left, or create one.' : 'Create one to load data.'}
          </span>
          <NewQueryMenu>
            <Button size="sm" icon={<IconPlus size={14} stroke={2} aria-hidden="true" />}>
              New query
            </Button>
          </NewQueryMenu>
        </div>
      )}
    </section>
  );
}

function QueryHead({ name, query }: { readonly name: string; readonly query: OpenQuery }) {
  const builder = useBuilder();
  const saved = useEditor((s) => s.queries[name]);
  const dirty = !sameValue(saved?.document, query.document);
  const effect = (compiledBy(query.check) ?? saved?.compiled)?.effect;
  const manual = query.document.run === 'manual' || (effect !== undefined && effect !== 'read');
  return (
    <>
      <span className="sp-row sp-g6 sp-t2 sp-sm sp-nw bd-wide">
        <IconDatabase size={15} stroke={1.75} aria-hidden="true" />
        {query.document.source}
      </span>
      {effect && <EffectBadge effect={effect} />}
      <span className="sp-t3 sp-sm sp-nw bd-wide">
        {manual ? 'Runs on an event' : 'Runs on load and on change'}
      </span>
      <Button
        size="xs"
        busy={query.saving && 'Saving…'}
        disabledReason={!dirty && 'All changes are saved.'}
        icon={<IconDeviceFloppy size={13} stroke={2} aria-hidden="true" />}
        onClick={() => void saveQuery(builder, name)}
      >
        Save
      </Button>
      <Button
        size="xs"
        busy={query.running && 'Running…'}
        icon={<IconPlayerPlay size={13} stroke={2} aria-hidden="true" />}
        onClick={() => void runQuery(builder, name)}
      >
        Run <span className="sp-kbd bd-wide">{commandKey('↵')}</span>
      </Button>
      <IconButton
        small
        label="Query settings"
        icon={<IconSettings size={15} stroke={1.75} aria-hidden="true" />}
        onClick={() => builder.panel.getState().showTab('settings')}
      />
    </>
  );
}

function OpenQueryBody({ name, query }: { readonly name: string; readonly query: OpenQuery }) {
  const builder = useBuilder();
  const tab = usePanel((s) => s.tab);
  const all = useRuns((s) => s.runs);
  const runs = all.filter((run) => run.query === name);
  const compiled = compiledBy(query.check);
  const newest = useShownResult(name, query);
  // What a statement brought before says nothing of the one that runs.
  const shown = query.running ? undefined : newest;
  const rows = shown?.state === 'rows' ? shown.end.rows : undefined;
  const { document } = query;
  const list =
    document.kind === 'rest' && !document.rowsAt && shown?.state === 'rows' && shown.rows.length === 1
      ? listWithin(shown.rows[0])
      : undefined;
  const tabs: { id: Tab; name: string; note?: string }[] = [
    { id: 'result', name: 'Result', ...(rows !== undefined && { note: figure(rows) }) },
    { id: 'arguments', name: 'Arguments', ...(compiled && { note: figure(compiled.arguments.length) }) },
    { id: 'sent', name: 'Sent vs. ran' },
    { id: 'settings', name: 'Settings' },
    { id: 'runs', name: 'Runs', ...(runs.length > 0 && { note: figure(runs.length) }) },
  ];
  return (
    <>
      <div className="bd-ed">
        {query.document.kind === 'sql' ? (
          <SqlEditor name={name} query={query as OpenQuery & { document: SqlQuery }} />
        ) : (
          <RestEditor name={name} query={query as OpenQuery & { document: RestQuery }} />
        )}
        {!query.kept && (
          <div className="bd-foot" role="alert">
            <span className="sp-row sp-g4 sp-bad">
              <IconAlertCircle size={14} stroke={2} aria-hidden="true" />
              Only in this tab
            </span>
            <span className="sp-cut">
              Your browser has no space for a copy of the unsaved text. Save it now.
            </span>
          </div>
        )}
        <StatusLine
          name={name}
          query={query}
          onSettings={() => builder.panel.getState().showTab('settings')}
        />
      </div>
      <div className="bd-rs">
        <TabBar
          label={`About ${name}`}
          panel="bd-query-shown"
          tabs={tabs}
          active={tab}
          onShow={builder.panel.getState().showTab}
        />
        <TabPanel id="bd-query-shown" active={tab}>
          {tab === 'result' && (
            <ResultTab
              result={shown}
              running={query.running}
              onRun={() => void runQuery(builder, name)}
              within={
                list === undefined
                  ? undefined
                  : {
                      name: list,
                      use: () => {
                        changeQuery(builder, name, { ...document, rowsAt: list } as RestQuery);
                        void runQuery(builder, name);
                      },
                    }
              }
            />
          )}
          {tab === 'arguments' && <ArgumentsTab name={name} query={query} />}
          {tab === 'sent' && <SentTab name={name} query={query} />}
          {tab === 'settings' && <SettingsTab name={name} query={query} />}
          {tab === 'runs' && <RunTimeline runs={runs} />}
        </TabPanel>
        <ResultFoot result={shown} rest={query.document.kind === 'rest'} />
      </div>
    </>
  );
}
