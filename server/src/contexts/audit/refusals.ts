import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  audit_unavailable: {
    status: 503,
    title: 'The audit log cannot be written, so nothing was done.',
    next: 'Try again in a moment. If it goes on, an operator should look at the database’s disk and connection.',
  },
  audit_record_not_found: {
    status: 404,
    title: 'There is no such record in this log.',
    next: 'Look for it in the list.',
  },
  audit_not_signed_yet: {
    status: 409,
    title: 'The log has no signed checkpoint yet.',
    next: 'Try again in a few seconds.',
  },
  audit_search_too_wide: {
    status: 422,
    title: 'The search took too long.',
    next: 'Narrow it: give a time, an event or a person as well.',
  },
  audit_search_busy: {
    status: 503,
    title: 'Several searches of the log are under way.',
    next: 'Try again when one has ended, or leave out the words.',
  },
  audit_cursor_invalid: {
    status: 400,
    title: 'The cursor is not one that this list gave out.',
    next: 'Begin again without a cursor.',
  },
});
