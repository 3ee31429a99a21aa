import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  app_not_shared: {
    status: 403,
    title: 'This app is not shared with you.',
    next: 'Ask its builder or an admin to give you access.',
  },
  too_many_refusals: {
    status: 429,
    title: 'Too many of your requests were refused.',
    next: 'Wait {seconds} seconds. Requests that you are allowed to make still work.',
  },
});
