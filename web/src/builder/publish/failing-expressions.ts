import { definitionOf } from '../../runtime/engine/definition-of.ts';
import type { SessionStore } from '../../runtime/engine/session-store.ts';
import type { Settled } from '../../runtime/sandbox/messages.ts';

interface FailingExpression {
  readonly id: string;
  /** Where it stands: `note.text`, `save.onClick`. */
  readonly place: string;
  readonly error: string;
}

/** `on:save:onClick:0:message`, and of a page `on:page:films:onLoad:0:message`. */
function placeOf(id: string): string {
  const [kind, owner, event, more] = id.split(':');
  if (kind !== 'on') return id;
  return owner === 'page' && more === 'onLoad' ? `${event}.onLoad` : `${owner}.${event}`;
}

/**
 * The expressions of components and steps that fail now: on every page where they name what is not there, and by their
 * values where they are evaluated. What a query is asked with is said at the query.
 */
export function failingExpressions(
  store: Pick<SessionStore, 'read'>,
  ...app: Parameters<typeof definitionOf>
): readonly FailingExpression[] {
  return definitionOf(...app).bindings.flatMap(({ id }) => {
    const outcome = store.read<Settled | undefined>(`b:${id}`);
    if (id.startsWith('query:') || outcome === undefined || !('error' in outcome)) return [];
    return [{ id, place: placeOf(id), error: outcome.error }];
  });
}
