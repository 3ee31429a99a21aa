import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  input_invalid: {
    status: 400,
    title: 'The request was not understood.',
    next: 'Correct the places that are named and send it again.',
  },
  http_malformed: {
    status: 400,
    title: 'This is not an HTTP request.',
    next: 'Use a client that speaks HTTP/1.1, at the address with the right scheme.',
  },
  expectation_failed: {
    status: 417,
    title: 'The request expects something that this server does not support.',
    next: 'Remove the Expect header, or send 100-continue in it.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers of the request are too large.',
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
    next: 'Send a flatter value.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than {limit} bytes.',
    next: 'Send a smaller body.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'This address accepts application/json, in UTF-8 and not compressed.',
    next: 'Set content-type to application/json, and send the body uncompressed.',
  },
  sign_in_required: { status: 401, title: 'Nobody is signed in.', next: 'Sign in and try again.' },
  permission_denied: {
    status: 403,
    title: 'You may not do this.',
    next: 'Ask an admin of your organization for the permission {permission}.',
  },
  origin_refused: {
    status: 403,
    title: 'The request came from another site.',
    next: 'Use the web app at the address that this server is configured for.',
  },
  csrf_refused: {
    status: 403,
    title: 'The request lacks the token of this session.',
    next: 'Reload the page and try again.',
  },
  route_not_found: {
    status: 404,
    title: 'There is nothing at this address.',
    next: 'See the list of operations in openapi.v1.json.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not accept that method.',
    next: 'Use one of: {allow}.',
  },
  precondition_failed: {
    status: 412,
    title: 'The file has changed.',
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
    next: 'Use a new key for each new request.',
  },
  idempotency_in_doubt: {
    status: 409,
    title: 'An earlier attempt was started, and whether it took effect is not known.',
    next: 'Check whether it is there. If it is not, try again; over the API, with a new Idempotency-Key.',
  },
  database_unavailable: {
    status: 503,
    title: 'Sallyport’s own database does not answer.',
    next: 'Nothing was changed. Try again in a moment.',
  },
  database_full: {
    status: 503,
    title: 'The disk of Sallyport’s own database is full.',
    next: 'Nothing was changed. An operator has to make room on it; then try again.',
  },
  database_outcome_unknown: {
    status: 503,
    title: 'Sallyport’s own database was lost while this was being saved.',
    next: 'It may have been done: check before you repeat it.',
  },
  fault: {
    status: 500,
    title: 'Something went wrong here.',
    next: 'Tell an admin the request id; the server log says more.',
  },
});
