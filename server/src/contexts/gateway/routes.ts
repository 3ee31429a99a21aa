import { contract } from '@sallyport/contract';
import type { RunId } from '../../kernel/ids.ts';
import { type Binding, handle } from '../../platform/http/binding.ts';
import { listConstants, removeConstant, setConstant } from './constants/set-constant.ts';
import { cancelRun } from './run/cancel-run.ts';
import { run, runDraft } from './run/run-query.ts';

const { gateway } = contract;
type Deps = Parameters<typeof run>[0];

export function routes(deps: Deps): Binding[] {
  return [
    handle(gateway.run, (call, { body }, wire) => run(deps, call, body, wire)),
    handle(gateway.runDraft, (call, { body }, wire) => runDraft(deps, call, body, wire)),
    handle(gateway.cancelRun, (call, { params }) => cancelRun(deps, call, params.runId as RunId)),
    handle(gateway.listConstants, (call, { query }) => listConstants(deps, call, query)),
    handle(gateway.setConstant, (call, { params, body }) => setConstant(deps, call, params.name, body)),
    handle(gateway.removeConstant, (call, { params }) => removeConstant(deps, call, params.name)),
  ];
}
