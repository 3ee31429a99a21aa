import { fileURLToPath } from 'node:url';
import { contract, IDEMPOTENCY_KEY, Problem, type Route, routes } from '@sallyport/contract';
import { z } from 'zod';
import { contractComments } from './contract-comments.ts';
import type { Owned } from './error-document.ts';
import { type Json, openApiSchemas } from './openapi-schemas.ts';
import { operationCodes } from './operation-codes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const schemas = openApiSchemas([
  Problem,
  ...routes
    .flatMap((route) => [route.params, route.query, route.body, route.response, route.streamed])
    .filter((one) => one != null),
]);
const PROBLEM = schemas.of(Problem, 'output');
const comments = contractComments(`${ROOT}contract/src`);
const contextOf = new Map(
  Object.entries(contract).flatMap(([context, group]) =>
    Object.values(group as Record<string, Route>).map((route) => [route.operationId, context] as const),
  ),
);

const ABOUT = `All operations accept and return JSON in UTF-8. Every answer carries its request id in \`X-Request-Id\`.

**Authentication.** A program sends an API token (*Account → API tokens*, or \`createToken\`) as \`Authorization: Bearer …\`, and
needs nothing else. A browser has a session cookie (\`signIn\`, \`completeSetup\`). With everything but GET, it also sends
\`X-CSRF-Token\`, which is the \`csrfToken\` of \`getMe\`, and the \`Origin\` of the installation's own address.

**Running a query** takes the hash of a release and the name of a query. \`openApp\` returns both for an app that you may open:

    curl -H "Authorization: Bearer $TOKEN" https://tools.example.com/v1/open/flight-desk
    curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" https://tools.example.com/v1/runs \\
      -d '{"release": "…", "query": "list_flights", "arguments": {"origin_value": "STL", "min_delay_value": null}, "window": {"limit": 50}}'

**Errors** are \`application/problem+json\` (RFC 9457). The \`code\` is stable across versions; docs/errors.md explains each.
Every operation lists the codes that it may return, by status; \`default\` lists those that any operation may return. A 429
has \`Retry-After\` where the wait is known.

**Limits.** Unknown members and parameters are refused, and so are numbers that JSON would round. A body has at most 1 MiB
unless its operation says otherwise, and must not be compressed. Operations that need no sign-in accept 300 requests per
minute and client address (\`SALLYPORT_PUBLIC_RATE\`).

**Pagination.** A list with pages returns \`next\`: send it as \`cursor\` until it is null. All other lists are complete.

\`x-permission\` is the permission that an operation requires, \`x-audit\` the event that it records when it succeeds.
Generated from the contract by \`node scripts/run.mjs scripts/documents.ts\`.`;

/** The OpenAPI 3.1 description of every route of the contract, as JSON text. */
export function openApiText(version: string, tables: readonly Owned[]): string {
  const rows = new Map(tables.flatMap(({ table }) => Object.entries(table)));
  const codes = operationCodes(ROOT, new Set(rows.keys()));
  // What a source or an app is refused for is of those who ask one.
  const ofPlatform = new Set(
    tables
      .filter(({ owner }) => /^platform|\/(audit|identity)$/.test(owner))
      .flatMap(({ table }) => Object.keys(table)),
  );
  const ofAny = codes.ofAll.filter(
    (code) => ofPlatform.has(code) && !EVER_BY_MOUNT.has(code) && !OF_NO_OPERATION.includes(code),
  );
  const problems = (route: Route) => {
    const own = new Set([...codesOfMount(route), ...codes.of(route.operationId)]);
    const told = [...own].filter((code) => !ofAny.includes(code) && !OF_NO_OPERATION.includes(code));
    return problemsOf(told.sort(), (code) => rows.get(code)?.status ?? 0);
  };
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, problems(route)) };
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Sallyport',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: ABOUT,
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas.named).map(([name, schema]) => [
          name,
          comments.ofName(name.replace(/Input$/, ''), schema),
        ]),
      ),
      responses: sharedResponses(ofAny),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sallyport' },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: 'X-CSRF-Token',
          description: 'The `csrfToken` of the session, beside the `Origin` of the installation.',
        },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function operation(route: Route, problems: Json): Json {
  const { operationId } = route;
  const description = comments.ofOperation(operationId);
  return {
    operationId,
    tags: [contextOf.get(operationId)],
    summary: route.summary,
    ...(description === undefined ? {} : { description }),
    'x-permission': route.permission,
    'x-audit': route.audit,
    security: securityOf(route),
    parameters: [
      ...parametersOf(route, 'params'),
      ...parametersOf(route, 'query'),
      ...(route.idempotent === true ? [IDEMPOTENCY_PARAMETER] : []),
    ],
    ...(isPresent(route.body)
      ? {
          requestBody: {
            ...(route.bodyLimit === undefined ? {} : { description: `At most ${route.bodyLimit} bytes` }),
            required: !accepts(route.body, undefined),
            content: {
              'application/json': {
                schema: comments.ofPart(operationId, 'body', schemas.of(route.body, 'input')),
              },
            },
          },
        }
      : {}),
    responses: { ...success(route), ...problems },
  };
}

function securityOf({ permission, method }: Route): readonly Json[] {
  if (permission === 'public') return [];
  return [{ session: [], ...(method === 'GET' ? {} : { csrf: [] }) }, { token: [] }];
}

const IDEMPOTENCY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body within a day give the same answer.',
  schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
};

function success(route: Route): Json {
  const status = route.status ?? (route.response === null && route.produces === undefined ? 204 : 200);
  if (route.produces !== undefined) {
    const content = Object.fromEntries(
      route.produces.map((type) => [
        type,
        {
          schema:
            type === 'application/json' && route.streamed !== undefined
              ? schemas.of(route.streamed, 'output')
              : { type: 'string' },
        },
      ]),
    );
    return { [status]: { description: 'Streamed', content } };
  }
  if (route.response === null) return { [status]: { description: 'Done' } };
  return {
    [status]: {
      description: 'Done',
      ...(route.location === undefined ? {} : { headers: { Location: locationOf(route.location) } }),
      content: {
        'application/json': {
          schema: comments.ofPart(route.operationId, 'response', schemas.of(route.response, 'output')),
        },
      },
    },
  };
}

function locationOf(path: string): Json {
  return {
    description: `What was made: ${path.replace(/:([\w.]+)/g, '{$1}')}`,
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  };
}

/** What the mount refuses by, before the operation is asked and after it has answered. */
function codesOfMount(route: Route): readonly string[] {
  const { permission, method, audit } = route;
  const changes = method !== 'GET';
  const open = permission === 'public';
  return [
    'input_invalid',
    ...(isPresent(route.body)
      ? ['json_invalid', 'json_too_deep', 'body_too_large', 'media_type_unsupported']
      : []),
    ...(open ? [] : ['sign_in_required', 'too_many_strangers', 'too_many_refusals']),
    ...(open && route.polled !== true ? ['too_many_requests'] : []),
    ...(permission.includes(':') ? ['permission_denied'] : []),
    ...(changes || (!open && audit !== null) ? ['origin_refused'] : []),
    ...(changes && !open ? ['csrf_refused'] : []),
    ...(route.idempotent === true
      ? ['idempotency_key_invalid', 'idempotency_key_reused', 'idempotency_in_doubt']
      : []),
  ];
}

/** Of no address of an operation, but of others. */
const OF_NO_OPERATION = ['route_not_found', 'method_not_allowed', 'precondition_failed'];
const EVER_BY_MOUNT = new Set(routes.flatMap(codesOfMount));

const listed = (codes: readonly string[]): string => codes.map((code) => `\`${code}\``).join(', ');
const RESPONSES = '#/components/responses/';

function sharedResponses(ofAny: readonly string[]): Json {
  const content = { 'application/problem+json': { schema: PROBLEM } };
  return {
    Refused: { description: 'What its description names', content },
    Any: { description: `Of any operation: ${listed(ofAny)}`, content },
  };
}

/** What a description names beside a reference stands in the place of its own. */
function problemsOf(told: readonly string[], statusOf: (code: string) => number): Json {
  const byStatus = Object.entries(Object.groupBy(told, statusOf));
  return {
    ...Object.fromEntries(
      byStatus.map(([status, codes = []]) => [
        status,
        { $ref: `${RESPONSES}Refused`, description: listed(codes) },
      ]),
    ),
    default: { $ref: `${RESPONSES}Any` },
  };
}

function parametersOf(route: Route, part: 'params' | 'query'): readonly Json[] {
  const schema = route[part];
  if (!isPresent(schema)) return [];
  const whole = comments.ofPart(route.operationId, part, schemas.of(schema, 'input'));
  const { properties, required } = (schemas.named[String(whole.$ref).split('/').pop() ?? ''] ?? whole) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: part === 'params' ? 'path' : 'query',
    required: part === 'params' || (required ?? []).includes(name),
    schema: property,
  }));
}

function isPresent(schema: z.ZodType | undefined): schema is z.ZodType {
  return schema !== undefined && !(schema instanceof z.ZodUndefined);
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}
