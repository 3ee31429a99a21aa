import { access } from './access.ts';
import { apps } from './apps.ts';
import { audit, vault } from './audit.ts';
import { constants } from './constants.ts';
import { invitations, organizations, people, resets } from './people.ts';
import type { Route } from './route.ts';
import { runs } from './runs.ts';
import { account, session, setup } from './sign-in.ts';
import { catalog, sources } from './sources.ts';
import { system } from './system.ts';

/** Every operation, by the context that serves it. */
export const contract = {
  system,
  identity: { ...setup, ...session, ...account, ...people, ...resets, ...invitations, ...organizations },
  access,
  sources,
  catalog,
  gateway: { ...runs, ...constants },
  apps,
  audit,
  vault,
} as const;

/** The same, as one list. */
export const routes: readonly Route[] = Object.values(contract).flatMap(
  (group) => Object.values(group) as Route[],
);

export * from './access.ts';
export * from './all-pages.ts';
export * from './app-document.ts';
export * from './apps.ts';
export * from './argument-stem.ts';
export * from './audit.ts';
export * from './clock-type.ts';
export * from './components.ts';
export * from './constants.ts';
export * from './exact-json.ts';
export * from './has-order.ts';
export * from './joined-texts.ts';
export * from './label-of.ts';
export * from './odd-values.ts';
export * from './people.ts';
export * from './problem.ts';
export * from './queries.ts';
export * from './route.ts';
export * from './runs.ts';
export * from './sign-in.ts';
export * from './slug-of.ts';
export * from './sources.ts';
export * from './sparse-component.ts';
export * from './values.ts';
