import { createRoute } from '@tanstack/react-router';
import { latePage } from './late-page.ts';
import { choice, set, text } from './search.ts';
import { signedInRoute } from './signed-in-route.ts';

type Search = Record<string, unknown>;

// Said here and not taken from the contract: a member's first page should not load every schema of the console.
const environments = ['development', 'staging', 'production'] as const;
const engines = ['postgres', 'mysql', 'rest'] as const;
const statuses = ['untested', 'healthy', 'failing', 'paused', 'no-credential'] as const;

const consoleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'console',
  component: latePage(() => import('./console-layout.tsx'), 'ConsoleLayout'),
});

const homeRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  validateSearch: (search: Search) =>
    set({
      new: choice(search, 'new', ['empty', 'generate', 'import']),
      source: text(search, 'source'),
    }),
  component: latePage(() => import('../features/home/home-page.tsx'), 'HomePage'),
});

const sourcesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/sources',
  validateSearch: (search: Search) =>
    set({
      search: text(search, 'search'),
      environment: choice(search, 'environment', environments),
      engine: choice(search, 'engine', engines),
      status: choice(search, 'status', statuses),
      privileges: choice(search, 'privileges', ['expected', 'exceeds', 'unknown']),
    }),
  component: latePage(() => import('../features/sources/sources-page.tsx'), 'SourcesPage'),
});
const sourceRoute = createRoute({
  getParentRoute: () => sourcesRoute,
  path: '$id/{-$environment}',
  component: latePage(() => import('../features/sources/source-panel.tsx'), 'SourcePanel'),
});
const connectRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/sources/connect',
  validateSearch: (search: Search) => set({ engine: choice(search, 'engine', engines) }),
  component: latePage(() => import('../features/sources/connect-page.tsx'), 'ConnectPage'),
});
const catalogRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/sources/$id/$environment/catalog',
  validateSearch: (search: Search) => set({ search: text(search, 'search'), table: text(search, 'table') }),
  component: latePage(() => import('../features/sources/catalog-page.tsx'), 'CatalogPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/people',
  validateSearch: (search: Search) =>
    set({
      search: text(search, 'search'),
      role: choice(search, 'role', ['owner', 'admin', 'builder', 'member']),
      state: choice(search, 'state', ['active', 'disabled']),
      group: text(search, 'group'),
      factor: choice(search, 'factor', ['on', 'off']),
      invite: search.invite === true ? true : undefined,
    }),
  component: latePage(() => import('../features/people/people-page.tsx'), 'PeoplePage'),
});
const personRoute = createRoute({
  getParentRoute: () => peopleRoute,
  path: '$id',
  component: latePage(() => import('../features/people/person-panel.tsx'), 'PersonPanel'),
});

const policiesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/policies',
  validateSearch: (search: Search) =>
    set({ person: text(search, 'person'), action: text(search, 'action'), app: text(search, 'app') }),
  component: latePage(() => import('../features/policies/policies-page.tsx'), 'PoliciesPage'),
});

const sessionsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/sessions',
  validateSearch: (search: Search) =>
    set({ search: text(search, 'search'), kind: choice(search, 'kind', ['session', 'token']) }),
  component: latePage(() => import('../features/sessions/sessions-page.tsx'), 'SessionsPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/audit',
  validateSearch: (search: Search) =>
    set({
      log: choice(search, 'log', ['installation']),
      search: text(search, 'search'),
      event: text(search, 'event'),
      actorId: text(search, 'actorId'),
      targetId: text(search, 'targetId'),
      outcome: choice(search, 'outcome', ['allowed', 'refused', 'failed']),
      when: choice(search, 'when', ['today', 'week', 'month']),
    }),
  component: latePage(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});
const recordRoute = createRoute({
  getParentRoute: () => auditRoute,
  path: '$id',
  component: latePage(() => import('../features/audit/record-panel.tsx'), 'RecordPanel'),
});

const accountRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/account',
  component: latePage(() => import('../features/account/account-page.tsx'), 'AccountPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/settings/{-$section}',
  component: latePage(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

export const consoleRoutes = consoleRoute.addChildren([
  homeRoute,
  sourcesRoute.addChildren([sourceRoute]),
  connectRoute,
  catalogRoute,
  peopleRoute.addChildren([personRoute]),
  policiesRoute,
  sessionsRoute,
  auditRoute.addChildren([recordRoute]),
  accountRoute,
  settingsRoute,
]);
