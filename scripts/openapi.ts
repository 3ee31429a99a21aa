import { IDEMPOTENCY_KEY, type Permission, Problem, type Route, routes } from '@sallyport/contract';
import { z } from 'zod';
import { type Json, openApiSchemas } from './openapi-schemas.ts';

const schemas = openApiSchemas([
  Problem,
  ...routes
    .flatMap((route) => [route.params, route.query, route.body, route.response])
    .filter((one) => one != null),
]);
const PROBLEM = schemas.of(Problem, 'output');

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
      description:
        'Made from the contract by `node scripts/run.mjs scripts/documents.ts`. `x-permission` is what a route demands, `x-audit` the event that its success records.',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: schemas.named,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sallyport' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function operation(route: Route): Json {
  const signedIn = route.permission !== 'public';
  return {
    operationId: route.operationId,
    summary: route.summary,
    'x-permission': route.permission,
    'x-audit': route.audit,
    security: signedIn ? [{ session: [] }, { token: [] }] : [],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...(route.idempotent === true ? [IDEMPOTENCY_PARAMETER] : []),
    ],
    ...(isPresent(route.body)
      ? {
          requestBody: {
            required: !accepts(route.body, undefined),
            content: { 'application/json': { schema: schemas.of(route.body, 'input') } },
          },
        }
      : {}),
    responses: { ...success(route), ...problems(route.permission, route) },
  };
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
    const content = Object.fromEntries(route.produces.map((type) => [type, {}]));
    return { [status]: { description: 'Streamed', content } };
  }
  if (route.response === null) return { [status]: { description: 'Done' } };
  return {
    [status]: {
      description: 'Done',
      content: { 'application/json': { schema: schemas.of(route.response, 'output') } },
    },
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

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (!isPresent(schema)) return [];
  const whole = schemas.of(schema, 'input');
  const { properties, required } = (schemas.named[String(whole.$ref).split('/').pop() ?? ''] ?? whole) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required ?? []).includes(name),
    schema: property,
  }));
}

function isPresent(schema: z.ZodType | undefined): schema is z.ZodType {
  return schema !== undefined && !(schema instanceof z.ZodUndefined);
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}
