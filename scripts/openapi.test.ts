import { routes } from '@sallyport/contract';
import { expect, test } from 'vitest';
import { openApiText } from './openapi.ts';

const document = JSON.parse(openApiText('0.0.0'));
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
    expect(one?.responses).toHaveProperty('default.content.application/problem+json.schema.$ref');
  }
});

test('every reference leads somewhere, and every named schema is referred to', () => {
  const text = JSON.stringify(document);
  const referenced = new Set(
    [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
  );
  expect([...referenced].sort()).toEqual(Object.keys(document.components.schemas).sort());
  expect([...text.matchAll(/"\$ref":"([^#][^"]*)"/g)]).toEqual([]);
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
