import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  query_not_compilable: {
    status: 422,
    title: 'This query cannot be compiled, so it was not saved.',
    next: 'Correct the places that are named.',
  },
  release_not_found: {
    status: 404,
    title: 'There is no such release that may run.',
    next: 'A newer release may have replaced it. Switch to it when the page offers it; what you typed is kept.',
  },
  draft_not_found: { status: 404, title: 'There is no such app.', next: 'Open the list of apps.' },
  query_not_found: {
    status: 404,
    title: 'There is no query with this name.',
    next: 'Reload the page; the query may have been renamed.',
  },
  query_outdated: {
    status: 409,
    title: 'This query was compiled by an earlier version, and the current rules do not allow it.',
    next: 'Ask its builder to correct it, save it and publish again.',
  },
  draft_not_in_production: {
    status: 409,
    title: 'A draft does not run in production.',
    next: 'Choose development or staging, or publish a release.',
  },
  argument_missing: {
    status: 422,
    title: 'An argument is missing: {argument}.',
    next: 'Send a value, or null for no value.',
  },
  argument_surplus: {
    status: 422,
    title: 'This query has no argument {argument}.',
    next: 'Send only the arguments that the query declares.',
  },
  argument_not_yours: {
    status: 422,
    title: 'The argument {argument} is set by the server and cannot be sent.',
    next: 'Leave it out: the server takes it from the signed-in person or from a constant.',
  },
  argument_invalid: {
    status: 422,
    title: 'An argument does not fit: {argument}.',
    next: 'Correct the places that are named.',
  },
  identity_incomplete: {
    status: 422,
    title: 'This query needs a property of your account that is not set: {argument}.',
    next: 'Ask an admin to set it on your account.',
  },
  identity_unfit: {
    status: 422,
    title: 'A property of your account has the wrong type for where this query uses it: {argument}.',
    next: 'Ask an admin to correct it on your account.',
  },
  constant_missing: {
    status: 409,
    title: 'This query uses a constant that does not exist: {name}.',
    next: 'Ask an admin to set the constant.',
  },
  constant_invalid: {
    status: 409,
    title: 'The constant {name} has the wrong type for where the query uses it.',
    next: 'Ask an admin to correct the constant.',
  },
  constant_not_found: { status: 404, title: 'There is no constant of this name.', next: 'Look at the list.' },
  window_not_allowed: {
    status: 422,
    title: 'This query takes no window.',
    next: 'Send the run without one; the builder decides whether a query pages on the server.',
  },
  window_invalid: {
    status: 422,
    title: 'The window does not fit the result of this query.',
    next: 'Correct the places that are named.',
  },
  run_id_in_use: {
    status: 409,
    title: 'A run with this id is in progress.',
    next: 'Make a new id for each run, or leave it out.',
  },
  compile_limit_person: {
    status: 429,
    title: 'Too many of your queries are being checked.',
    next: 'Wait for one of them to finish and try again.',
  },
  run_limit_person: {
    status: 429,
    title: 'You have {limit} runs in progress, which is the maximum.',
    next: 'Wait until one has finished.',
  },
  run_limit_source: {
    status: 503,
    title: 'The data source is busy: {limit} runs are in progress.',
    next: 'Try again in a moment.',
  },
  run_cancelled: { status: 409, title: 'The run was cancelled.', next: 'Run it again when you need it.' },
  run_stood_still: {
    status: 409,
    title: 'The run was stopped: its answer was not being read, and someone else needed the connection.',
    next: 'Run it again and read the answer as it arrives, or request fewer rows.',
  },
  run_session_ended: { status: 401, title: 'Your session ended during the run.', next: 'Sign in again.' },
  run_withdrawn: {
    status: 409,
    title: 'The run was stopped, because what may run here has changed.',
    next: 'Run it again to get the current version, or the reason why it may not run.',
  },
  run_outcome_unrecorded: {
    status: 503,
    title: 'The change was made, but its outcome could not be recorded.',
    next: 'Do not repeat it before an admin has checked the audit log: the intent is recorded under this run.',
  },
  source_read_only: {
    status: 409,
    title: 'The data source is connected for reading only.',
    next: 'Ask an admin whether it may be written.',
  },
  source_egress_refused: {
    status: 502,
    title: 'The address of the data source is not allowed.',
    next: 'Ask an admin to test the connection: the result names the rule that decided.',
  },
  source_unreachable: {
    status: 502,
    title: 'The data source does not answer.',
    next: 'Try again in a moment; if it goes on, ask an admin to test the connection.',
  },
  source_rate_limited: {
    status: 503,
    title: 'The data source has received too many requests and refuses more for now.',
    next: 'Wait a little and try again. If it persists, tell the builder of this app.',
  },
  source_unavailable: {
    status: 503,
    title: 'The data source reports that it is unavailable.',
    next: 'Try again in a moment; if it goes on, ask whoever runs it.',
  },
  source_timeout: {
    status: 504,
    title: 'The data source took longer than this query may.',
    next: 'Request fewer rows, or ask the builder of this app.',
  },
  source_busy: {
    status: 503,
    title: 'All connections to the data source are in use.',
    next: 'Try again in a moment; your own runs in progress count too.',
  },
  source_tls_failed: {
    status: 502,
    title: 'No secure connection to the data source could be made.',
    next: 'Ask an admin to check its certificate.',
  },
  source_credential_rejected: {
    status: 502,
    title: 'The data source rejected the credential.',
    next: 'Ask an admin to set a new one.',
  },
  source_connection_shared: {
    status: 502,
    title: 'The data source is behind a pooler that shares connections.',
    next: 'Ask an admin to connect to the database directly, or to a pooler in session mode.',
  },
  source_privilege_missing: {
    status: 502,
    title: 'The data source does not permit this.',
    next: 'Ask an admin to check the privileges of its role.',
  },
  source_refused_statement: {
    status: 422,
    title: 'The data source did not accept this.',
    next: 'Check the values; if they are right, tell the builder of this app the request id.',
  },
  source_constraint_violated: {
    status: 409,
    title: 'Nothing was changed: a rule of the data source does not allow these values.',
    next: 'Correct the values and try again.',
  },
  source_shape_changed: {
    status: 409,
    title: 'The data source has changed since this query was saved.',
    next: 'Ask the builder of this app to save the query again and publish it.',
  },
  source_answer_invalid: {
    status: 502,
    title: 'The data source sent an answer that could not be understood.',
    next: 'Tell the builder of this app the request id.',
  },
  source_row_too_large: {
    status: 422,
    title: 'A row of the answer is too large.',
    next: 'Ask the builder of this app to select less of it.',
  },
  write_exceeded_expectation: {
    status: 409,
    title: 'More or fewer rows would have changed than this query allows.',
    next: 'Check the values; if they are right, ask the builder of this app.',
  },
  write_outcome_unknown: {
    status: 502,
    title: 'The change was sent to the data source, and whether it was made is not known.',
    next: 'Check whether it is there before you repeat it.',
  },
  source_failed: {
    status: 502,
    title: 'The data source failed.',
    next: 'Try again; if it goes on, tell the builder of this app the request id.',
  },
});
