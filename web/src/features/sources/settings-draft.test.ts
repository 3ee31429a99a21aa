import { expect, it } from 'vitest';
import { emptySettings, settingsErrors, settingsFrom, settingsOfEngine } from './settings-draft.ts';

const draft = (...headers: { name: string; value: string }[]) => ({
  ...emptySettings('rest'),
  baseUrl: 'https://api.example.com',
  headers,
});

it('a header whose value was typed and whose name was not is refused, not dropped', () => {
  expect(settingsErrors(draft({ name: ' ', value: 'acme' }))).toHaveProperty('headers');
  expect(settingsErrors(draft({ name: 'X Tenant:', value: 'acme' }))).toHaveProperty('headers');
  const taken = draft({ name: ' X-Tenant ', value: 'acme' }, { name: '', value: ' ' });
  expect(settingsErrors(taken)).toEqual({});
  expect(settingsFrom(taken)).toMatchObject({ headers: [{ name: 'X-Tenant', value: 'acme' }] });
});

it('another engine keeps what was typed, and takes a port of its own where none was', () => {
  const typed = { ...emptySettings('postgres'), host: 'db.internal', database: 'orders' };
  expect(settingsOfEngine(typed, 'mysql')).toEqual({ ...typed, engine: 'mysql', port: '3306' });
  expect(settingsOfEngine({ ...typed, port: '6432' }, 'mysql')).toMatchObject({ port: '6432' });
  expect(settingsOfEngine(settingsOfEngine(typed, 'rest'), 'postgres')).toEqual(typed);
});
