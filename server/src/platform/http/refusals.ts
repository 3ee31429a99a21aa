import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  input_invalid: {
    status: 400,
    title: 'The request is not valid.',
    next: 'Fix the errors that are listed and try again.',
  },
  http_malformed: {
    status: 400,
    title: 'This is not an HTTP request.',
    next: 'Use an HTTP/1.1 client, and check whether the address needs http or https.',
  },
  expectation_failed: {
    status: 417,
    title: 'The request’s Expect header is not supported.',
    next: 'Remove the Expect header, or send 100-continue.',
  },
  transfer_coding_unsupported: {
    status: 501,
    title: 'The request’s Transfer-Encoding is not supported.',
    next: 'Send the body as it is, with Content-Length or with chunked alone.',
  },
  headers_too_large: {
    status: 431,
    title: 'The request headers are too large.',
    next: 'Send fewer or shorter headers and cookies.',
  },
  request_too_slow: {
    status: 408,
    title: 'The request did not arrive in time.',
    next: 'Send it again, over a faster connection or with a smaller body.',
  },
  json_invalid: { status: 400, title: 'The body is not valid JSON.', next: 'Send a JSON object in UTF-8.' },
  json_too_deep: {
    status: 400,
    title: 'The body is nested more than {limit} levels deep.',
    next: 'Send a value that is less deeply nested.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than {limit} bytes.',
    next: 'Send a smaller body.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body must be application/json, in UTF-8 and not compressed.',
    next: 'Set content-type to application/json, and send the body as it is.',
  },
  sign_in_required: { status: 401, title: 'You are not signed in.', next: 'Sign in and try again.' },
  permission_denied: {
    status: 403,
    title: 'You do not have permission to do this.',
    next: 'Ask an admin of your organization for the {permission} permission.',
  },
  origin_refused: {
    status: 403,
    title: 'The request came from another site or from a link.',
    next: 'Use the web app at its own address, {address}.',
  },
  csrf_refused: {
    status: 403,
    title: 'The request does not have this session’s CSRF token.',
    next: 'Reload the page and try again.',
  },
  route_not_found: {
    status: 404,
    title: 'Page not found.',
    next: 'See the list of operations in openapi.v1.json.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not support that method.',
    next: 'Use one of: {allow}.',
  },
  precondition_failed: {
    status: 412,
    title: 'The file has changed since you loaded it.',
    next: 'Load it again, without If-Match and If-Unmodified-Since.',
  },
  node_not_ready: {
    status: 503,
    title: 'This server is starting or stopping.',
    next: 'Try again in a moment.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests from this address.',
    next: 'Wait {seconds} seconds and try again.',
  },
  idempotency_key_invalid: {
    status: 400,
    title: 'The Idempotency-Key is not valid.',
    next: 'Send 8 to 100 printable characters.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used with another request.',
    next: 'Use a new key for each request.',
  },
  idempotency_in_doubt: {
    status: 409,
    title: 'An earlier attempt was started, but its outcome is unknown.',
    next: 'Check whether it took effect. If not, try again. With the API, use a new Idempotency-Key.',
  },
  database_unavailable: {
    status: 503,
    title: 'Sallyport’s database is not responding.',
    next: 'Nothing was changed. Try again in a moment.',
  },
  database_busy: {
    status: 503,
    title: 'Another change was made to the same thing at the same moment.',
    next: 'Nothing was changed. Try again.',
  },
  database_full: {
    status: 503,
    title: 'The disk of Sallyport’s database is full.',
    next: 'Nothing was changed. An operator must free up space. Then try again.',
  },
  database_read_only: {
    status: 503,
    title: 'Sallyport’s database is read-only.',
    next: 'Nothing was changed. Try again in a moment. If this continues, an operator should check that DATABASE_URL leads to the primary, and that its transactions are not set to read-only.',
  },
  database_outcome_unknown: {
    status: 503,
    title: 'The connection to Sallyport’s database was lost while saving.',
    next: 'The change may have been saved. Check before you try again.',
  },
  fault: {
    status: 500,
    title: 'Something went wrong.',
    next: 'Send the request ID to an admin. The server log has details.',
  },
});
