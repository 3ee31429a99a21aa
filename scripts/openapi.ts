import { fileURLToPath } from 'node:url';
import { contract, IDEMPOTENCY_KEY, type Permission, Problem, type Route, routes } from '@sallyport/contract';
import { z } from 'zod';
import { contractComments } from './contract-comments.ts';
import { type Json, openApiSchemas } from './openapi-schemas.ts';

const schemas = openApiSchemas([
  Problem,
  ...routes
    .flatMap((route) => [route.params, route.query, route.body, route.response, route.streamed])
    .filter((one) => one != null),
]);
const PROBLEM = schemas.of(Problem, 'output');
const comments = contractComments(fileURLToPath(new URL('../contract/src', import.meta.url)));
const contextOf = new Map(
  Object.entries(contract).flatMap(([context, group]) =>
    Object.values(group as Record<string, Route>).map((route) => [route.operationId, context] as const),
  ),
);

const ABOUT = `Every address takes and answers JSON in UTF-8, and every answer names its request in \`X-Request-Id\`.

**Who you are.** A program sends an API token (*Account → API tokens*, or \`createToken\`) as \`Authorization: Bearer …\`, and
needs nothing else. A browser has the cookie of a session (\`signIn\`, \`completeSetup\`); with everything that is not a GET it
also sends \`X-CSRF-Token\`, which is the \`csrfToken\` of \`getMe\`, and the \`Origin\` of the installation's own address.

**A run** takes the hash of a release and the name of a query, as \`openApp\` tells them to who may open the app:

    curl -H "Authorization: Bearer $TOKEN" https://tools.example.com/v1/open/flight-desk
    curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" https://tools.example.com/v1/runs \\
      -d '{"release": "…", "query": "list_flights", "arguments": {"origin_value": "STL", "min_delay_value": null}, "window": {"limit": 50}}'

**What is refused** is answered as \`application/problem+json\` (RFC 9457). Its \`code\` stays the same from version to version:
docs/errors.md says of each what happened and what to do. With 429 comes \`Retry-After\`, where the time is known.

**Limits.** A member or parameter that is not described here is refused, and so is a number that JSON would round. A body
has at most 1 MiB where its operation does not say otherwise, and is not compressed. Where nobody has to be signed in, an
address may ask 300 times a minute (\`SALLYPORT_PUBLIC_RATE\`).

**Lists.** One that has pages answers \`next\`, to be given as \`cursor\` until it is null. Every other list is whole.

\`x-permission\` is what an operation demands, \`x-audit\` the event that its success puts on the record.
Made from the contract by \`node scripts/run.mjs scripts/documents.ts\`.`;

/** The OpenAPI 3.1 description of every route of the contract, as JSON text. */
export function openApiText(version: string): string {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
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

function operation(route: Route): Json {
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
    responses: { ...success(route), ...problems(route.permission, route) },
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

function problems(permission: Permission, route: Route): Json {
  const content = { 'application/problem+json': { schema: PROBLEM } };
  const answer = (description: string) => ({ description, content });
  return {
    ...(isPresent(route.body) || isPresent(route.params) || isPresent(route.query)
      ? { 400: answer('The input is not what the schema says') }
      : {}),
    ...(permission === 'public' ? {} : { 401: answer('Not signed in') }),
    ...(permission.includes(':') ? { 403: answer(`Not permitted: ${permission}`) } : {}),
    ...(isPresent(route.params) ? { 404: answer('Not found, or of another organization') } : {}),
    default: answer('Any other refusal or fault; docs/errors.md lists the codes'),
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
