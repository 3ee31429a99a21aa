import { expect, it } from 'vitest';
import type { PersonActor } from '../../../kernel/actor.ts';
import type { Call } from '../../../kernel/call.ts';
import { newId, type OrganizationId, type PersonId, type RunId, type SourceId } from '../../../kernel/ids.ts';
import { createLiveRuns, type StopReason } from './live-runs.ts';

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
  // What changed while nobody told of it may be anybody's.
  live.recheck(null, async ({ actor }) => actor.personId === ada.person);
  await expect.poll(() => stopped.slice(2)).toEqual(['other withdrawn']);
});

const id = <T>(text: string) => text as unknown as T;

it('G5 a run is found and stopped by its own person in its own organization alone', () => {
  const live = createLiveRuns({ perPerson: 9, perSource: 9 });
  const [ada, ben] = [somebody(), somebody()];
  const stopped: string[] = [];
  const brake = { signal: new AbortController().signal, stop: (reason: string) => void stopped.push(reason) };
  const run = newId<RunId>();
  live.begin({ id: run, ...ada, source, brake, call: {} as Call, release: null, decided: 0 });
  for (const [organization, person] of [
    [ben.organization, ada.person],
    [ada.organization, ben.person],
  ] as const) {
    expect(live.has(run, organization, person)).toBe(false);
    live.cancel(run, organization, person);
  }
  expect(stopped).toEqual([]);
  live.cancel(run, ada.organization, ada.person);
  expect(stopped).toEqual(['cancelled']);
});

it('G6 so many runs of a person and of a source at once, and one of an id', () => {
  const begin = (live: ReturnType<typeof createLiveRuns>, more: object = {}) =>
    live.begin({
      id: newId<RunId>(),
      ...somebody(),
      source,
      brake: { signal: new AbortController().signal, stop: () => undefined },
      call: {} as Call,
      release: null,
      decided: 0,
      ...more,
    });
  const refused = (work: () => unknown, code: string) =>
    expect(work).toThrow(expect.objectContaining({ code }));
  const ada = somebody();
  const byPerson = createLiveRuns({ perPerson: 1, perSource: 9 });
  const first = begin(byPerson, { ...ada, id: 'first' });
  refused(() => begin(byPerson, ada), 'run_limit_person');
  refused(() => begin(byPerson, { id: 'first' }), 'run_id_in_use');
  first.end();
  begin(byPerson, ada);
  const bySource = createLiveRuns({ perPerson: 9, perSource: 1 });
  begin(bySource);
  refused(() => begin(bySource), 'run_limit_source');
  begin(bySource, { source: newId<SourceId>() });
});

it('G5 the stop of a node waits until the end of every run is on the record', async () => {
  const live = createLiveRuns({ perPerson: 9, perSource: 9 });
  const runs = ['one', 'two'].map((name) => {
    const controller = new AbortController();
    const brake = { signal: controller.signal, stop: (reason: StopReason) => controller.abort(reason) };
    const given = {
      organization: id('o'),
      person: id('p'),
      source: id('s'),
      release: null,
      decided: 0,
    } as const;
    return live.begin({ ...given, id: id(name), brake, call: {} as Call } as Parameters<
      typeof live.begin
    >[0]);
  });
  let stopped = false;
  const stopping = live.stopAll().then(() => {
    stopped = true;
  });
  expect(runs.map((run) => run.stopped())).toEqual(['shutdown', 'shutdown']);
  runs[0]!.end();
  await Promise.resolve();
  expect(stopped).toBe(false);
  runs[1]!.end();
  await stopping;
  await live.stopAll();
});
