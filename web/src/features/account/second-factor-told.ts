import type { Me } from '@sallyport/contract';

const KEY = 'sallyport.second-step-notice';
const saying = (me: Me): string => `${me.person.id} ${me.secondFactorResetAt}`;

/** Whether somebody took the person's second step off and they have not said, in this browser, that they know. */
export const mustBeTold = (me: Me): boolean =>
  me.secondFactorResetAt !== null && localStorage.getItem(KEY) !== saying(me);

export function hasBeenTold(me: Me): void {
  localStorage.setItem(KEY, saying(me));
}
