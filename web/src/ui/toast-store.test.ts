import { expect, it } from 'vitest';
import { ownProblem } from '../lib/api-problem.ts';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { dismiss, notify, notifyError, retract, toasts } from './toast-store.ts';

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

it('W9 with a session again, it is said what was not done, and no more that nobody is signed in', () => {
  const problem = {
    code: 'sign_in_required',
    title: 'You are not signed in.',
    next: 'Sign in.',
    status: 401,
  };
  notify({ tone: 'ok', title: 'Saved.' });
  notifyError(ownProblem(problem), 'query1 was not saved.', 'save of query1');
  notifyError(ownProblem(problem));
  interruptedSession.begin({ why: 'ended' });
  interruptedSession.resume();
  expect(toasts.read().map(({ title, text }) => [title, text])).toEqual([
    ['Saved.', undefined],
    ['query1 was not saved.', 'Your session had ended. Try again.'],
    ['Your last action was not carried out.', 'Your session had ended. Try again.'],
  ]);
  retract('save of query1');
  expect(toasts.read()).toHaveLength(2);
  for (const toast of toasts.read()) dismiss(toast.id);
});
