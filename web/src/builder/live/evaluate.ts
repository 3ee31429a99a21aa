import type { AppSession } from '../../runtime/engine/session-types.ts';

/** Evaluates an expression over the live page. What lies at a path comes from the page itself. */
export async function evaluateExpression(
  session: AppSession | undefined,
  expression: string,
): Promise<{ value: unknown } | { error: string }> {
  if (!session) return { error: 'The page has not started yet.' };
  const outcome = await session.evaluate(`{{ ${expression} }}`);
  if (!('path' in outcome)) return outcome;
  const [root = '', ...rest] = outcome.path;
  return { value: rest.reduce<unknown>(member, rootOf(session, root)) };
}

function rootOf(session: AppSession, root: string): unknown {
  if (root === 'variables') return session.variables();
  if (session.signature(root)) return session.query(root);
  return session.component(root)?.exposed;
}

const member = (at: unknown, key: string): unknown =>
  typeof at === 'object' && at !== null && Object.hasOwn(at, key)
    ? (at as Record<string, unknown>)[key]
    : undefined;
