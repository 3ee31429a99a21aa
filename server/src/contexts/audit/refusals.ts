import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  audit_unavailable: {
    status: 503,
    title: 'The audit log cannot be written, so nothing was done.',
    next: 'Try again in a moment. If it persists, an operator should check the database’s disk and connection.',
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
    next: 'Narrow it down by time, event or person.',
  },
  audit_search_busy: {
    status: 503,
    title: 'Too many searches of the log are running.',
    next: 'Try again when one has finished, or search without words.',
  },
  audit_cursor_invalid: {
    status: 400,
    title: 'The cursor is not from this list.',
    next: 'Start again without a cursor.',
  },
});
