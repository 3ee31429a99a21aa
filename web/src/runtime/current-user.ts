import type { Me } from '@sallyport/contract';
import type { CurrentUser } from './engine/session-types.ts';

/** Who is signed in, as expressions read it. */
export const currentUser = (me: Me): CurrentUser => ({
  ...me.person,
  role: me.role,
  groups: me.groups,
  attributes: me.attributes,
});
