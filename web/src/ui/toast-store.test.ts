import { expect, it } from 'vitest';
import { dismiss, notify, toasts } from './toast-store.ts';

it('the same words again take the place of the first', () => {
  notify({ tone: 'bad', title: 'Nothing was changed.' });
  notify({ tone: 'ok', title: 'Saved.' });
  notify({ tone: 'bad', title: 'Nothing was changed.' });
  expect(toasts.read().map((toast) => toast.title)).toEqual(['Saved.', 'Nothing was changed.']);
  for (const toast of toasts.read()) dismiss(toast.id);
});
