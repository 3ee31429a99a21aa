import { type AppPages, COMPONENTS, type Draft } from '@sallyport/contract';

/** A name that expressions can use, for completion and hints. */
export interface ScopeEntry {
  readonly name: string;
  /** `Table`, `Query`, `Variables`. */
  readonly detail: string;
  readonly members: readonly { readonly name: string; readonly detail: string }[];
}

const QUERY_MEMBERS = [
  { name: 'data', detail: 'rows' },
  { name: 'error', detail: 'what failed, or null' },
  { name: 'isFetching', detail: 'true while it runs' },
  { name: 'lastRunAt', detail: 'instant' },
  { name: 'total', detail: 'rows in all' },
  { name: 'changed', detail: 'rows that a write changed' },
  { name: 'truncated', detail: 'the cap that ended it, or null' },
  { name: 'headers', detail: 'of the response, those named in its settings' },
];

/** Every name of an app's expressions; those of queries have constants too. */
export function scopeOf(
  document: AppPages,
  queries: Draft['queries'],
  constants?: readonly string[],
): ScopeEntry[] {
  const components = Object.values(document.pages).flatMap((page) =>
    Object.entries(page.components).map(([name, component]): ScopeEntry => {
      const definition = COMPONENTS[component.type];
      const exposed = definition.exposes.map((member) => ({ name: member, detail: definition.label }));
      return { name, detail: definition.label, members: exposed };
    }),
  );
  return [
    ...components,
    ...Object.keys(queries).map((name): ScopeEntry => ({ name, detail: 'Query', members: QUERY_MEMBERS })),
    {
      name: 'variables',
      detail: 'Variables of this app',
      members: Object.keys(document.variables).map((name) => ({ name, detail: 'variable' })),
    },
    {
      name: 'currentUser',
      detail: 'Who is signed in',
      members: ['id', 'email', 'name', 'role', 'groups', 'attributes'].map((name) => ({
        name,
        detail: 'identity',
      })),
    },
    ...(constants === undefined
      ? []
      : [
          {
            name: 'constants',
            detail: 'Constants, resolved by the server',
            members: constants.map((name) => ({ name, detail: 'constant' })),
          },
        ]),
    {
      name: 'url',
      detail: 'This address',
      members: [
        { name: 'searchParams', detail: 'by name' },
        { name: 'page', detail: 'the page that is open' },
      ],
    },
  ];
}
