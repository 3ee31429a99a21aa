import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  app_not_shared: {
    status: 403,
    title: 'This app is not shared with you.',
    next: 'Ask its builder or an admin to add you to its audience.',
  },
  too_many_refusals: {
    status: 429,
    title: 'You were refused too many times in a short time.',
    next: 'Wait {seconds} seconds. Everything that you may do still works.',
  },
});
