import type { Me } from '@sallyport/contract';
import { afterEach, expect, it } from 'vitest';
import { interruptedSession } from './interrupted-session.ts';

afterEach(() => interruptedSession.over());

it('an answer to the session before does not say that the browser’s new one has ended, whichever comes first', () => {
  const changed = { why: 'changed', now: {} as Me } as const;
  interruptedSession.begin({ why: 'ended' });
  interruptedSession.begin(changed);
  expect(interruptedSession.read()).toBe(changed);
  interruptedSession.begin({ why: 'ended' });
  expect(interruptedSession.read()).toBe(changed);
  interruptedSession.over();
  interruptedSession.begin({ why: 'ended' });
  expect(interruptedSession.read()).toEqual({ why: 'ended' });
});
