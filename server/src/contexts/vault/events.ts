import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'vault.open_failed': {
    summary: 'A stored secret was altered, moved, rolled back or truncated, and could not be decrypted',
    fields: { table: 'public', row: 'public', field: 'public', version: 'public', reason: 'public' },
  },
  'vault.rotation_started': {
    summary: 'A key rotation started with a new data key',
    fields: { keyId: 'public', total: 'public' },
  },
  'vault.rotation_finished': {
    summary: 'A key rotation finished and the old data keys were destroyed',
    fields: { keyId: 'public', resealed: 'public', destroyed: 'public' },
  },
  'vault.root_key_replaced': {
    summary: 'The root key was replaced at start',
    fields: { from: 'public', to: 'public' },
  },
} satisfies EventTable;
