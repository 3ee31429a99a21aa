import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'vault.open_failed': {
    summary: 'A sealed value was altered, moved, rolled back or cut, and was not opened',
    fields: { table: 'public', row: 'public', field: 'public', version: 'public', reason: 'public' },
  },
  'vault.rotation_started': {
    summary: 'A new data key was made; re-sealing under it began',
    fields: { keyId: 'public', total: 'public' },
  },
  'vault.rotation_finished': {
    summary: 'Everything is sealed under the new data key; the old ones were destroyed',
    fields: { keyId: 'public', resealed: 'public', destroyed: 'public' },
  },
  'vault.root_key_replaced': {
    summary: 'At a start, a new root key took the place of the one before',
    fields: { from: 'public', to: 'public' },
  },
} satisfies EventTable;
