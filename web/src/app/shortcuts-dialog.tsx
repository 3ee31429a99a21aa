import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { commandKey } from '../lib/command-key.ts';
import { navigation } from './navigation.ts';

const rows: readonly (readonly [string, string])[] = [
  [commandKey('K'), 'Search for an app or a page'],
  ['/', 'Filter the list'],
  ['↑ ↓, then Enter', 'Move through a list and open'],
  ['Esc', 'Close the panel or dialog'],
  ['?', 'Show shortcuts'],
  ...navigation.map((place) => [`g then ${place.key}`, place.label] as const),
];

export function ShortcutsDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Shortcuts">
      <dl className="sp-dl">
        {rows.map(([keys, what]) => (
          <Fragment key={keys}>
            <dt>
              <kbd className="sp-kbd">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
