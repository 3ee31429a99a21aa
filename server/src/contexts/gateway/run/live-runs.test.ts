import { expect, it } from 'vitest';
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Call } from '../../../kernel/call.ts';
import { newId, type OrganizationId, type PersonId, type RunId, type SourceId } from '../../../kernel/ids.ts';
import { createLiveRuns } from './live-runs.ts';

const source = newId<SourceId>();
const somebody = () => ({ organization: newId<OrganizationId>(), person: newId<PersonId>() });

it('G5 asks once for all runs of a person, and nobody of another organization', async () => {
  const live = createLiveRuns({ perPerson: 10, perSource: 10 });
  const stopped: string[] = [];
  const begin = (who: ReturnType<typeof somebody>, name: string) => {
    const actor = { organizationId: who.organization, personId: who.person } as PersonActor;
    const brake = {
      signal: new AbortController().signal,
      stop: (reason: string) => void stopped.push(`${name} ${reason}`),
    };
    const call = { actor } as Call;
    live.begin({ id: newId<RunId>(), ...who, source, brake, call, release: null, decided: live.rechecks });
  };
  const [ada, ben] = [somebody(), somebody()];
  begin(ada, 'first');
  begin(ada, 'second');
  begin(ben, 'other');
  const asked: PersonId[] = [];
  live.recheck(ada.organization, async ({ actor }) => {
    asked.push(actor.personId);
    return false;
  });
  await expect.poll(() => stopped).toEqual(['first withdrawn', 'second withdrawn']);
  expect(asked).toEqual([ada.person]);
});
