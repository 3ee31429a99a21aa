import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { keyCap } from '../../lib/command-key.ts';

const KEYS: readonly [string, readonly string[]][] = [
  ['Find anything', ['⌘', 'K']],
  ['Undo, redo', ['⌘', 'Z', '⇧', '⌘', 'Z']],
  ['Select the next component', ['Tab']],
  ['Move the selection', ['←', '→', '↑', '↓']],
  ['Resize the selection', ['⇧', '← → ↑ ↓']],
  ['Copy, cut, paste', ['⌘', 'C', 'X', 'V']],
  ['Duplicate', ['⌘', 'D']],
  ['Delete', ['⌫']],
  ['Select all on the page', ['⌘', 'A']],
  ['Select the container, or nothing', ['Esc']],
  ['Save the pages and the open query', ['⌘', 'S']],
  ['Save and run the query', ['⌘', '↵']],
  ['Complete in the editor', ['Ctrl', 'Space']],
  ['Leave the editor', ['Esc', 'Tab']],
  ['Show shortcuts', ['?']],
];

/** What the keys do, in the names of this person's keyboard. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Shortcuts">
      <dl className="bd-keys">
        {KEYS.map(([what, keys]) => (
          <Fragment key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: keys of a fixed list
                <span key={i} className="sp-kbd">
                  {keyCap(key)}
                </span>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
