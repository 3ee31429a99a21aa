import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  app_not_shared: {
    status: 403,
    title: 'This app is not shared with you.',
    next: 'Ask its builder or an admin to add you to those who may open it.',
  },
  too_many_refusals: {
    status: 429,
    title: 'You were refused too often in a short time.',
    next: 'Wait {seconds} seconds. What you may do goes on as before.',
  },
});
