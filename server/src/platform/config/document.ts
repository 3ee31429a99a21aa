import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

/** The text of `docs/configuration.md`, made from the table of settings; `npm run check` compares it. */
export function configurationDocument(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = Object.values(settings as Record<string, Setting<unknown>>).map(
    (one) => `| \`${one.name}\` | ${cell(one.unset)} | ${cell(one.form)} | ${cell(one.meaning)} |`,
  );
  return [
    '# Configuration',
    '',
    'Environment variables, read once at the start by `server/src/platform/config` and nowhere else. A wrong value, a',
    'weak one, or a `SALLYPORT_…` that is not in this table stops the start with a sentence that says what to do.',
    '`SALLYPORT_URL` and `SALLYPORT_TOKEN` are of the command line, and the server does not read them.',
    'This table is made by `node scripts/run.mjs scripts/documents.ts`.',
    '',
    '| variable | when it is not set | form | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
