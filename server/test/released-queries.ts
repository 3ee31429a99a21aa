import { contract, type QueryDocument, type RunAnswer, type WindowInput } from '@sallyport/contract';
import type { Answer, TestApp, TestClient } from './app.ts';
import type { CustomerDatabase } from './engines.ts';

export interface RunRequest {
  readonly query: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly window?: WindowInput;
  readonly runId?: string;
}

/** A source, an app with saved queries, and its release. */
export interface ReleasedQueries {
  readonly appId: string;
  readonly sourceId: string;
  readonly source: string;
  readonly release: string;
  /** Saves a query in the draft; the answer is the route's. */
  save(
    name: string,
    document: Partial<QueryDocument> & { readonly text?: string },
  ): ReturnType<TestClient['call']>;
  /** Publishes the draft; the new release's hash. */
  publish(): Promise<string>;
  run(client: TestClient, request: RunRequest, release?: string): Promise<Answer<RunAnswer>>;
  runDraft(
    client: TestClient,
    request: RunRequest,
    environment?: 'development' | 'production',
  ): Promise<Answer<RunAnswer>>;
}

/** Connects a customer's database (or an HTTP address) in development and production, and releases the queries. */
export async function releasedQueries(
  app: TestApp,
  to: CustomerDatabase | { readonly baseUrl: string },
  engine: 'postgres' | 'mysql' | 'rest',
  queries: Readonly<Record<string, Partial<QueryDocument> & { readonly text?: string }>>,
): Promise<ReleasedQueries> {
  const environment = (name: 'development' | 'production') => ({
    environment: name,
    ...('baseUrl' in to
      ? {
          settings: { engine: 'rest' as const, baseUrl: to.baseUrl },
          credential: { kind: 'none' as const },
        }
      : {
          settings: {
            engine: engine as 'postgres',
            host: to.host,
            port: to.port,
            database: to.database,
            tls: 'off' as const,
          },
          credential: { kind: 'password' as const, user: to.user, password: to.password },
        }),
  });
  const { owner } = app;
  const source = await owner.ok(contract.sources.connectSource, {
    body: { name: `Orders ${engine}`, environments: [environment('development'), environment('production')] },
  });
  const made = await owner.ok(contract.apps.createApp, { body: { name: `Desk ${engine}` } });
  await owner.ok(contract.apps.changeApp, {
    params: { id: made.id },
    body: { audience: { everyone: true, groups: [] } },
  });
  const save: ReleasedQueries['save'] = (name, document) =>
    owner.call(contract.apps.saveQuery, {
      params: { id: made.id, name },
      body: {
        document: {
          kind: engine === 'rest' ? 'rest' : 'sql',
          source: source.slug,
          ...document,
        } as QueryDocument,
      },
    });
  for (const [name, document] of Object.entries(queries)) {
    const saved = await save(name, document);
    if (saved.problem !== undefined) throw new Error(`${name}: ${saved.text}`);
  }
  const publish = async () => {
    const plan = await owner.ok(contract.apps.planRelease, { params: { id: made.id } });
    const { hash } = await owner.ok(contract.apps.publish, {
      params: { id: made.id },
      body: { hash: plan.hash },
    });
    return hash;
  };
  const release = await publish();
  return {
    appId: made.id,
    sourceId: source.id,
    source: source.slug,
    release,
    save,
    publish,
    run: (client, request, of = release) =>
      client.call(contract.gateway.run, {
        body: { release: of, ...request } as never,
      }) as unknown as Promise<Answer<RunAnswer>>,
    runDraft: (client, request, name = 'development') =>
      client.call(contract.gateway.runDraft, {
        body: { appId: made.id, environment: name, ...request } as never,
      }) as unknown as Promise<Answer<RunAnswer>>,
  };
}
