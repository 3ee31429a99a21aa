import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  audit_unavailable: {
    status: 503,
    title: 'The audit log cannot be written, so nothing was done.',
    next: 'Try again in a moment. If this continues, an operator should check the database’s disk and connection.',
  },
  audit_record_not_found: {
    status: 404,
    title: 'Record not found in this log.',
    next: 'Search for it in the list.',
  },
  audit_not_signed_yet: {
    status: 409,
    title: 'The log has no signed checkpoint yet.',
    next: 'Try again in a few seconds.',
  },
  audit_search_too_wide: {
    status: 422,
    title: 'The search took too long.',
    next: 'Narrow it with a time, an event or a person.',
  },
  audit_search_busy: {
    status: 503,
    title: 'Too many searches of the log are running.',
    next: 'Try again when one has finished, or search without text.',
  },
  audit_cursor_invalid: {
    status: 400,
    title: 'The cursor is not valid for this list.',
    next: 'Start again without a cursor.',
  },
});
