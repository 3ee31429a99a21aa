import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  query_not_compilable: {
    status: 422,
    title: 'The query does not compile, so it was not saved.',
    next: 'Fix the errors that are listed.',
  },
  release_not_found: {
    status: 404,
    title: 'This release does not exist or can no longer run.',
    next: 'Switch to the newer release when the page offers it. What you typed is kept.',
  },
  draft_not_found: { status: 404, title: 'App not found.', next: 'Check the list of apps.' },
  query_not_found: {
    status: 404,
    title: 'Query not found.',
    next: 'Reload the page. The query may have been renamed.',
  },
  query_outdated: {
    status: 409,
    title: 'This query was compiled by an earlier version, and current rules do not allow it.',
    next: 'Ask its builder to fix it, save it and publish again.',
  },
  draft_not_in_production: {
    status: 409,
    title: 'Drafts cannot run in production.',
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
    next: 'Leave it out. The server takes it from the signed-in person or from a constant.',
  },
  argument_invalid: {
    status: 422,
    title: 'An argument is not valid: {argument}.',
    next: 'Fix the errors that are listed.',
  },
  identity_incomplete: {
    status: 422,
    title: 'Your account is missing a value that this query needs: {argument}.',
    next: 'Ask an admin to set it on your account.',
  },
  identity_unfit: {
    status: 422,
    title: 'Your account has a value that this query cannot use: {argument}.',
    next: 'Ask an admin to fix it on your account.',
  },
  constant_missing: {
    status: 409,
    title: 'This query uses a constant that does not exist: {name}.',
    next: 'Ask an admin to set the constant.',
  },
  constant_invalid: {
    status: 409,
    title: 'The constant {name} is not valid where the query uses it.',
    next: 'Ask an admin to fix the constant.',
  },
  constant_not_found: { status: 404, title: 'Constant not found.', next: 'Check the list of constants.' },
  window_not_allowed: {
    status: 422,
    title: 'This query does not support a window.',
    next: 'Run it without one. The builder decides whether a query pages on the server.',
  },
  window_invalid: {
    status: 422,
    title: 'The window is not valid for the result of this query.',
    next: 'Fix the errors that are listed.',
  },
  run_id_in_use: {
    status: 409,
    title: 'A run with this ID is already in progress.',
    next: 'Use a new ID for each run, or leave it out.',
  },
  compile_limit_person: {
    status: 429,
    title: 'Too many of your queries are being checked.',
    next: 'Wait for one to finish, then try again.',
  },
  run_limit_person: {
    status: 429,
    title: 'You have {limit} runs in progress, the maximum.',
    next: 'Wait for one to finish, then try again.',
  },
  run_limit_source: {
    status: 503,
    title: 'The data source is busy: {limit} runs are in progress.',
    next: 'Try again in a moment.',
  },
  run_limit_large: {
    status: 503,
    title: 'Too many large results are being sent right now.',
    next: 'Try again in a moment, or request less data.',
  },
  run_cancelled: { status: 409, title: 'The run was cancelled.', next: 'Run it again when you need it.' },
  run_stood_still: {
    status: 409,
    title: 'The run was stopped because its results were not being read and others were waiting.',
    next: 'Run it again and read the results as they arrive, or request fewer rows.',
  },
  run_session_ended: { status: 401, title: 'Your session ended during the run.', next: 'Sign in again.' },
  run_withdrawn: {
    status: 409,
    title: 'The run was stopped because what may run here has changed.',
    next: 'Run it again. If it is no longer allowed, you will see why.',
  },
  run_outcome_unrecorded: {
    status: 503,
    title: 'The change was made, but its outcome could not be recorded.',
    next: 'Do not repeat it until an admin has checked the log, where the attempt is recorded under this run.',
  },
  source_read_only: {
    status: 409,
    title: 'The data source is read-only.',
    next: 'Ask an admin to allow writes, if this app should make changes.',
  },
  source_egress_refused: {
    status: 502,
    title: 'The address of the data source is not allowed.',
    next: 'Ask an admin to check the connection, which shows the rule that blocked it.',
  },
  source_unreachable: {
    status: 502,
    title: 'The data source could not be reached.',
    next: 'Try again in a moment. If this continues, ask an admin to test the connection.',
  },
  source_rate_limited: {
    status: 503,
    title: 'The data source is limiting how often it can be called.',
    next: 'Wait a moment, then try again. If this continues, tell the builder of this app.',
  },
  source_unavailable: {
    status: 503,
    title: 'The data source is temporarily unavailable.',
    next: 'Try again in a moment. If this continues, ask an admin.',
  },
  source_timeout: {
    status: 504,
    title: 'The query took longer than its time limit.',
    next: 'Request less data, or ask the builder of this app to raise the limit.',
  },
  source_busy: {
    status: 503,
    title: 'All connections to the data source are in use.',
    next: 'Try again in a moment. Your own unfinished runs count too.',
  },
  source_tls_failed: {
    status: 502,
    title: 'A secure connection to the data source could not be made.',
    next: 'Ask an admin to check its certificate.',
  },
  source_credential_rejected: {
    status: 502,
    title: 'The data source rejected the credential.',
    next: 'Ask an admin to replace it.',
  },
  source_connection_shared: {
    status: 502,
    title: 'The data source mixes connections of different sessions.',
    next: 'Ask an admin to connect to the database directly, or to a pooler in session mode.',
  },
  source_privilege_missing: {
    status: 502,
    title: 'The data source’s role does not have permission to do this.',
    next: 'Ask an admin to check the role’s privileges.',
  },
  source_refused_statement: {
    status: 422,
    title: 'The data source rejected the statement.',
    next: 'Check the values. If they are correct, send the request ID to the builder of this app.',
  },
  source_constraint_violated: {
    status: 409,
    title: 'Nothing was changed. The data source does not allow these values.',
    next: 'Correct the values and try again.',
  },
  source_shape_changed: {
    status: 409,
    title: 'The data source has changed since this query was saved.',
    next: 'Ask the builder of this app to save the query again and publish it.',
  },
  source_answer_invalid: {
    status: 502,
    title: 'The data source sent a response that could not be read.',
    next: 'Send the request ID to the builder of this app.',
  },
  source_row_too_large: {
    status: 422,
    title: 'A row of the result is too large.',
    next: 'Ask the builder of this app to select fewer columns.',
  },
  write_exceeded_expectation: {
    status: 409,
    title: 'The query would have changed more or fewer rows than it allows.',
    next: 'Check the values. If they are correct, ask the builder of this app.',
  },
  write_outcome_unknown: {
    status: 502,
    title: 'The change was sent to the data source, but its outcome is unknown.',
    next: 'Check whether it was made before you try again.',
  },
  source_failed: {
    status: 502,
    title: 'The data source failed.',
    next: 'Try again. If this continues, send the request ID to the builder of this app.',
  },
});
