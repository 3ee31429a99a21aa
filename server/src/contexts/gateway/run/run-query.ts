import type { BodyOf, contract } from '@sallyport/contract';
import type { Call } from '../../../kernel/call.ts';
import type { AppId, ReleaseHash, RunId } from '../../../kernel/ids.ts';
import { askPatiently } from '../../../platform/db/ask-patiently.ts';
import type { Wire } from '../../../platform/http/binding.ts';
import type { Runnable, RunnableQuery } from '../deps.ts';
import { refuse } from '../refusals.ts';
import { performRun, type RoadDeps } from './perform-run.ts';
import type { Releases } from './releases.ts';

type Deps = RoadDeps & { readonly kept: Releases };

/** A release runs where it was published to. */
const RELEASED = 'production';

/** Runs a query of a release for whoever is in the app's audience. Policy first, then everything else. */
export async function run(
  deps: Deps,
  call: Call,
  body: BodyOf<typeof contract.gateway.run>,
  wire: Wire,
): Promise<void> {
  const decided = deps.live.rechecks;
  const finding = deps.kept.get(call.actor.organizationId, body.release as ReleaseHash);
  const runnable = finding instanceof Promise ? await finding : finding;
  const { policies } = deps.access.authorise(call, 'query:run', appOf(runnable));
  const { compiled, document } = queryOf(runnable, body.query);
  await performRun(
    deps,
    call,
    {
      runnable,
      release: body.release as ReleaseHash,
      query: body.query,
      compiled,
      document,
      environment: RELEASED,
      policies,
      decided,
      given: body.arguments,
      window: body.window,
      id: body.runId as RunId | undefined,
    },
    wire,
  );
}

/**
 * Whether a run that is under way, of a release or with null of a draft, might begin now. What cannot be told is a no, but
 * for a database that is away for a moment.
 */
export async function mayStillRun(
  deps: Pick<Deps, 'kept' | 'access' | 'people'>,
  call: Call,
  release: ReleaseHash | null,
): Promise<boolean> {
  try {
    const { organizationId, personId } = call.actor;
    const [runnable, { actor, disabled }] = await askPatiently(async () => [
      release === null ? null : await deps.kept.get(organizationId, release),
      await deps.people.actorOf(organizationId, personId),
    ]);
    const now = { ...call.actor, role: actor.role, groups: actor.groups };
    const decision =
      runnable === null
        ? deps.access.decide(now, 'query:draft')
        : deps.access.decide(now, 'query:run', appOf(runnable));
    return !disabled && decision.allowed;
  } catch {
    return false;
  }
}

const appOf = ({ appId, audience }: Runnable) => ({ kind: 'app' as const, id: appId, attributes: audience });

/** Runs a saved query of a draft by the same road (Q14), for those who may edit it, and never in production. */
export async function runDraft(
  deps: Deps,
  call: Call,
  body: BodyOf<typeof contract.gateway.runDraft>,
  wire: Wire,
): Promise<void> {
  const decided = deps.live.rechecks;
  const runnable = await deps.kept.draft(call.actor.organizationId, body.appId as AppId);
  const { policies } = deps.access.authorise(call, 'query:draft', { kind: 'app', id: runnable.appId });
  if (body.environment === 'production') throw refuse('draft_not_in_production');
  const { compiled, document } = queryOf(runnable, body.query);
  await performRun(
    deps,
    call,
    {
      runnable,
      release: null,
      query: body.query,
      compiled,
      document,
      environment: body.environment,
      policies,
      decided,
      given: body.arguments,
      window: body.window,
      id: body.runId as RunId | undefined,
    },
    wire,
  );
}

function queryOf(runnable: Runnable, name: string): RunnableQuery {
  const query = Object.hasOwn(runnable.queries, name) ? runnable.queries[name] : undefined;
  if (query === undefined) throw refuse('query_not_found');
  return query;
}
