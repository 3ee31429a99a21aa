import { expect, it } from 'vitest';
import { dismiss, notify, retract, toasts } from './toast-store.ts';

it('the same words again take the place of the first', () => {
  notify({ tone: 'bad', title: 'Nothing was changed.' });
  notify({ tone: 'ok', title: 'Saved.' });
  notify({ tone: 'bad', title: 'Nothing was changed.' });
  expect(toasts.read().map((toast) => toast.title)).toEqual(['Saved.', 'Nothing was changed.']);
  for (const toast of toasts.read()) dismiss(toast.id);
});

it('a failure is taken back by what said it, and by nothing else', () => {
  notify({ tone: 'bad', title: 'Not saved.', from: 'form.onSubmit' });
  notify({ tone: 'bad', title: 'Not sent.', from: 'send.onClick' });
  notify({ tone: 'ok', title: 'Saved.', from: 'form.onSubmit' });
  retract('form.onSubmit');
  expect(toasts.read().map((toast) => toast.title)).toEqual(['Not sent.', 'Saved.']);
  for (const toast of toasts.read()) dismiss(toast.id);
});
