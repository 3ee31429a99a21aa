import { expect, test } from 'vitest';
import type { Call } from '../../../kernel/call.ts';
import { createLiveRuns, type StopReason } from './live-runs.ts';

const id = <T>(text: string) => text as unknown as T;

test('G5 the stop of a node waits until the end of every run is on the record', async () => {
  const live = createLiveRuns({ perPerson: 9, perSource: 9 });
  const runs = ['one', 'two'].map((name) => {
    const controller = new AbortController();
    const brake = { signal: controller.signal, stop: (reason: StopReason) => controller.abort(reason) };
    const given = { organization: id('o'), person: id('p'), source: id('s'), release: null } as const;
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
