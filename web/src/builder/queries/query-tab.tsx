import { IconEye, IconPencil, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { sameValue } from '../../lib/same-value.ts';
import { useBuilder, useEditor, usePanel, useView } from '../builder-context.ts';
import { compiledBy } from './check.ts';
import { saysNothing } from './query-draft.ts';

/** The id of the panel of the active one. */
export const OPEN_QUERY = 'bd-open-query';

/** One open query; a dot when it has unsaved text, which closing keeps. */
export function QueryTab({ name }: { readonly name: string }) {
  const { panel, view } = useBuilder();
  const selected = usePanel((s) => s.active === name);
  const shown = useView((s) => s.panelOpen);
  const open = usePanel((s) => s.open[name]);
  const saved = useEditor((s) => s.queries[name]);
  const dirty = !sameValue(saved?.document, open?.document);
  const effect = (compiledBy(open?.check) ?? saved?.compiled)?.effect;
  const Icon = effect === undefined || effect === 'read' ? IconEye : IconPencil;
  const close = () =>
    panel.getState().close(name, dirty && open !== undefined && !saysNothing(open.document));
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (selected) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  return (
    <button
      type="button"
      role="tab"
      ref={tab}
      id={`${OPEN_QUERY}-${name}`}
      className="bd-qt"
      aria-controls={selected && shown ? OPEN_QUERY : undefined}
      aria-selected={selected}
      aria-keyshortcuts="Delete"
      tabIndex={selected ? 0 : -1}
      onClick={() => {
        panel.getState().show(name);
        view.getState().show({ panelOpen: true });
      }}
      onDoubleClick={() => saved && view.getState().show({ dialog: { kind: 'rename', what: 'query', name } })}
      onKeyDown={(event) => {
        const tabs = panel.getState().tabs;
        const at = tabs.indexOf(name);
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
        const next = to === undefined ? undefined : tabs[to];
        const bar = event.currentTarget.parentElement;
        if (next) {
          event.preventDefault();
          panel.getState().show(next);
          (bar?.children[tabs.indexOf(next)] as HTMLElement | undefined)?.focus();
        }
        if (event.key === 'Delete') {
          close();
          requestAnimationFrame(() => {
            const nextTo = bar?.querySelector<HTMLElement>('[aria-selected="true"]');
            (nextTo ?? bar?.parentElement?.querySelector('button'))?.focus();
          });
        }
      }}
    >
      <Icon size={14} stroke={2} aria-hidden="true" />
      {name}
      {dirty && <i className="sp-dot sp-acc" title="Unsaved" role="img" aria-label="unsaved" />}
      {selected && (
        // The keyboard closes a tab by Delete.
        <IconX
          size={12}
          stroke={2}
          aria-hidden="true"
          className="bd-qt-close"
          onClick={(event) => {
            event.stopPropagation();
            close();
          }}
        />
      )}
    </button>
  );
}
