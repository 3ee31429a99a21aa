import { fileURLToPath } from 'node:url';
import * as contract from '@sallyport/contract';
import { routes } from '@sallyport/contract';
import { expect, test } from 'vitest';
import { refusalTables } from './error-document.ts';
import { openApiText } from './openapi.ts';

const tables = await refusalTables(fileURLToPath(new URL('..', import.meta.url)));
const document = JSON.parse(openApiText('0.0.0', tables));
/** Of files, and of what is no operation. */
const OF_OTHER_ADDRESSES = ['route_not_found', 'method_not_allowed', 'precondition_failed'];
const operations = Object.values(
  document.paths as Record<string, Record<string, Record<string, unknown>>>,
).flatMap((methods) => Object.values(methods));

test('every route is described once, with its permission, its event and the problem form', () => {
  expect(operations.map((one) => one.operationId).sort()).toEqual(
    routes.map((one) => one.operationId).sort(),
  );
  for (const route of routes) {
    const one = operations.find((operation) => operation.operationId === route.operationId);
    expect(one).toMatchObject({ 'x-permission': route.permission, 'x-audit': route.audit });
    expect(one?.responses).toHaveProperty('default.$ref', '#/components/responses/Any');
  }
  expect(document.components.responses.Any.content).toHaveProperty('application/problem+json.schema.$ref');
});

test('an operation names the codes of its own, each under its status, and of none that only others answer', () => {
  const codesOf = (path: string, method: string, status: number) =>
    document.paths[path][method].responses[status]?.description ?? '';
  expect(codesOf('/v1/apps/{id}/draft/pages', 'put', 409)).toBe('`draft_conflict`');
  expect(codesOf('/v1/apps', 'post', 409)).toBe('`idempotency_in_doubt`');
  expect(codesOf('/v1/runs', 'post', 404)).toContain('`release_not_found`');
  // By way of what is handed over: the compiler, and a queue that refuses when it is full.
  expect(codesOf('/v1/apps/{id}/draft/queries/{name}', 'put', 422)).toContain('`query_not_compilable`');
  expect(codesOf('/v1/session', 'post', 503)).toContain('`sign_in_busy`');
  expect(document.components.responses.Any.description).toContain('`audit_unavailable`');
  const text = JSON.stringify(document);
  for (const code of tables.flatMap(({ table }) => Object.keys(table)))
    if (!OF_OTHER_ADDRESSES.includes(code)) expect(text, code).toContain(`\`${code}\``);
});

test('what makes something says where that is: at its own address, or at another that is there', () => {
  const bare = (path: string) => path.replace(/\{[^}]+\}/g, '{}');
  const paths = Object.keys(document.paths).map(bare);
  for (const { operationId, location, path } of routes.filter((one) => one.status === 201)) {
    // Organizations have no address of their own: the session tells which there are.
    if (operationId === 'createOrganization') continue;
    expect(paths, operationId).toContain((location ?? path).replace(/:[\w.]+/g, '{}'));
    const own = routes.some((one) => one.path === path && one.method !== 'POST');
    expect(location !== undefined || own, operationId).toBe(true);
  }
});

test('how many members a record takes, and the form of an e-mail address, are described', () => {
  const { schemas } = document.components;
  expect(schemas.AppPagesInput.properties.pages).toMatchObject({ minProperties: 1, maxProperties: 50 });
  expect(schemas.Position).toMatchObject({ maxProperties: 100 });
  const body = document.paths['/v1/people/{id}'].patch.requestBody.content['application/json'].schema;
  expect(body.properties.attributes).toMatchObject({ maxProperties: 20 });
  expect(schemas.EmailInput).toMatchObject({ format: 'email', maxLength: 254 });
});

test('every reference leads somewhere, and every named schema is referred to', () => {
  const text = JSON.stringify(document);
  const referenced = new Set(
    [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
  );
  expect([...referenced].sort()).toEqual(Object.keys(document.components.schemas).sort());
  expect([...text.matchAll(/"\$ref":"([^#][^"]*)"/g)]).toEqual([]);
  // By the names that the contract exports, and not as the writer numbers what has none.
  const exported = new Set(Object.keys(contract));
  expect([...referenced].filter((name = '') => !exported.has(name.replace(/Input$/, '')))).toEqual([]);
});

test('every place in a path is a required parameter', () => {
  for (const [path, methods] of Object.entries(
    document.paths as Record<
      string,
      Record<string, { parameters: { name: string; in: string; required: boolean }[] }>
    >,
  )) {
    const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const { parameters } of Object.values(methods)) {
      const named = parameters.filter((one) => one.in === 'path' && one.required).map((one) => one.name);
      expect(named.sort(), path).toEqual(places);
    }
  }
});

test('objects that refuse unknown keys say so', () => {
  expect(document.components.schemas.Problem.additionalProperties).toBe(false);
});

test('what the contract says of a thing stands where a caller reads of it', () => {
  const { schemas } = document.components;
  expect(schemas.Me.properties.csrfToken.description).toContain('X-CSRF-Token');
  expect(schemas.SqlQueryInput.properties.source.description).toBe(
    'The slug of a data source of the organization.',
  );
  expect(schemas.AppRow.properties.changed.description).toContain('True when the draft differs');
  expect(schemas.DraftRunAnswer.properties.position.description).toContain('Absent where the rows have no');
  const at = (path: string, method: string) => document.paths[path][method];
  expect(at('/v1/runs', 'post').description).toContain('An answer without `end` was cut off');
  expect(at('/v1/installation/audit/records', 'get').parameters[0].schema.description).toContain('`next`');
  const { properties } = at('/v1/runs', 'post').requestBody.content['application/json'].schema;
  expect(properties.runId.description).toContain('own name for this run');
});

test('a change in a session needs its token, one by a token nothing more, and a stream in JSON has a form', () => {
  expect(document.paths['/v1/runs'].post).toMatchObject({
    security: [{ session: [], csrf: [] }, { token: [] }],
    responses: {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/RunAnswer' } } } },
    },
  });
  expect(document.paths['/v1/apps'].get.security).toEqual([{ session: [] }, { token: [] }]);
});
