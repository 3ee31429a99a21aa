import { contract } from '@sallyport/contract';
import { type Binding, handle } from '../../platform/http/binding.ts';
import { removeEnvironment, setCredential, setEnvironment } from './change-environment.ts';
import { changeSource, removeSource } from './change-source.ts';
import { connectSource } from './connect-source.ts';
import type { TestDeps } from './deps.ts';
import { testSource, tryConnection } from './test-source.ts';
import { listSources, viewOf } from './views.ts';

const { sources } = contract;

export function routes(deps: TestDeps): Binding[] {
  return [
    handle(sources.listSources, (call, { query }) => listSources(deps, call, query)),
    handle(sources.getSource, (call, { params }) => viewOf(deps, call, params.id)),
    handle(sources.connectSource, (call, { body }) => connectSource(deps, call, body)),
    handle(sources.changeSource, (call, { params, body }) => changeSource(deps, call, params.id, body)),
    handle(sources.removeSource, (call, { params }) => removeSource(deps, call, params.id)),
    handle(sources.setSourceEnvironment, (call, { params, body }) =>
      setEnvironment(deps, call, params.id, params.environment, body.settings),
    ),
    handle(sources.removeSourceEnvironment, (call, { params }) =>
      removeEnvironment(deps, call, params.id, params.environment),
    ),
    handle(sources.setCredential, (call, { params, body }) =>
      setCredential(deps, call, params.id, params.environment, body),
    ),
    handle(sources.testSource, (call, { params }, wire) =>
      testSource(deps, call, params.id, params.environment, wire.signal),
    ),
    handle(sources.tryConnection, async (call, { body }, wire) => {
      const { checkedAt: _, ...outcome } = await tryConnection(deps, call, body, wire.signal);
      return outcome;
    }),
  ];
}
