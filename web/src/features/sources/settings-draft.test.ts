import { expect, it } from 'vitest';
import { emptySettings, settingsErrors, settingsFrom } from './settings-draft.ts';

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
