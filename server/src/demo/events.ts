import type { EventTable } from '../kernel/registered.ts';

export const events = {
  'demo.installed': { summary: 'The demo source and app were added', fields: { app: 'public' } },
} as const satisfies EventTable;
