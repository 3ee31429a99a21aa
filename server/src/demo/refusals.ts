import { refusals } from '../kernel/refusal.ts';

export const refuse = refusals({
  demo_not_available: {
    status: 409,
    title: 'This server was started without the demo.',
    next: 'Start it with: npm start -- --demo',
  },
  demo_present: {
    status: 409,
    title: 'The demo is already installed.',
    next: 'Open the app Flight desk.',
  },
});
