import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { figure } from '../lib/number.ts';
import { rankHits } from '../lib/rank-hits.ts';
import { focusOnce } from './focus-once.ts';
import { inGroups } from './in-groups.ts';
import './search-palette.css';

export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: typeof IconSearch;
  readonly run: () => void;
}

interface SearchPaletteProps {
  /** What the field asks for. */
  readonly label: string;
  readonly entries: readonly PaletteEntry[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What ⌘K opens: whatever is offered, by a few letters and Enter. */
export function SearchPalette({ label, entries, opened, onClose }: SearchPaletteProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => {
    const saidOf = (entry: PaletteEntry) => ({
      name: entry.label,
      note: `${entry.group} ${entry.hint ?? ''}`,
    });
    return inGroups(rankHits(entries, text, saidOf));
  }, [entries, text]);
  const found = groups.flatMap(({ shown }) => shown);
  useEffect(() => {
    if (opened) {
      setText('');
      setAt(0);
    }
  }, [opened]);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((at + by + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={560}
      padding={0}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <div className="sp-palette-field">
          <IconSearch size={16} stroke={1.75} aria-hidden="true" />
          <input
            ref={focusOnce}
            data-autofocus
            role="combobox"
            aria-expanded="true"
            aria-controls={id}
            aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
            aria-label={label}
            placeholder={label}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
          <kbd className="sp-kbd">Esc</kbd>
        </div>
        <div className="sp-palette-list" id={id} role="listbox" aria-label="Found" ref={list} tabIndex={-1}>
          {groups.map(({ group, shown, more, from }) => (
            <Fragment key={group}>
              <div className="sp-palette-group" role="presentation">
                {group}
              </div>
              {shown.map((entry, place) => {
                const index = from + place;
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
                  <div
                    key={entry.id}
                    role="option"
                    tabIndex={-1}
                    id={`${id}-${index}`}
                    data-at={index}
                    aria-selected={index === at}
                    className="sp-palette-entry"
                    onMouseMove={() => setAt(index)}
                    onClick={() => run(entry)}
                  >
                    <entry.icon size={16} stroke={1.75} aria-hidden="true" />
                    <span className="sp-cut">{entry.label}</span>
                    {entry.hint && <span className="sp-end sp-t3 sp-sm">{entry.hint}</span>}
                  </div>
                );
              })}
              {more > 0 && (
                <div className="sp-palette-group" role="presentation">
                  {figure(more)} more. Type to search.
                </div>
              )}
            </Fragment>
          ))}
        </div>
        {found.length === 0 && <p className="sp-palette-none">No results for “{text}”.</p>}
      </Modal.Content>
    </Modal.Root>
  );
}
