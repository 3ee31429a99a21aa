import type { OrganizationId, PersonId, RunId } from '../../../kernel/ids.ts';

/** Cancels that came before their run had begun: such a run does not begin any more. */
export interface EarlyCancels {
  remember(id: RunId, organization: OrganizationId, person: PersonId): void;
  includes(id: RunId, organization: OrganizationId, person: PersonId): boolean;
}

/** How long a run may be on its way behind its own cancel, milliseconds. */
const KEPT_MS = 60_000;
/** Each person has their own, so that nobody's pushes out another's; of more, the oldest is let go. */
const OF_A_PERSON = 100;

/** `now`: milliseconds on a clock that is never set. */
export function createEarlyCancels(now: () => number = () => performance.now()): EarlyCancels {
  /** Who cancelled last stands last, so those who are over stand first. */
  const people = new Map<string, { until: number; readonly ids: Map<RunId, number> }>();
  const keyOf = (organization: OrganizationId, person: PersonId) => `${organization} ${person}`;

  return {
    remember: (id, organization, person) => {
      const key = keyOf(organization, person);
      const until = now() + KEPT_MS;
      const ids = people.get(key)?.ids ?? new Map<RunId, number>();
      ids.delete(id);
      ids.set(id, until);
      for (const oldest of ids.keys()) {
        if (ids.size <= OF_A_PERSON) break;
        ids.delete(oldest);
      }
      people.delete(key);
      people.set(key, { until, ids });
      for (const [other, theirs] of people) {
        if (theirs.until > now()) break;
        people.delete(other);
      }
    },
    includes: (id, organization, person) =>
      people.size > 0 && (people.get(keyOf(organization, person))?.ids.get(id) ?? 0) > now(),
  };
}
