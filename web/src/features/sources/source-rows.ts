import type { Engine, EnvironmentName, SourceEnvironmentView, SourceView } from '@sallyport/contract';
import { folded } from '../../lib/folded.ts';
import { engineNames } from '../../ui/engine-names.ts';

/** One line of the list: a source in one environment. */
export interface SourceRow {
  readonly key: string;
  readonly source: SourceView;
  readonly place: SourceEnvironmentView;
}

export interface SourceFilters {
  readonly search?: string;
  readonly environment?: EnvironmentName;
  readonly engine?: Engine;
  readonly status?: SourceEnvironmentView['status'];
  readonly privileges?: 'expected' | 'exceeds' | 'unknown';
}

/** `PostgreSQL 17.2`, `MariaDB 10.6`, `REST`. */
export function engineWithVersion(engine: Engine, version: string | null): string {
  if (engine === 'rest') return 'REST';
  if (!version) return engineNames[engine];
  if (/[a-z]{3}/i.test(version)) return version;
  return `${engine === 'mysql' ? 'MySQL' : engineNames[engine]} ${version}`;
}

/** `support.internal:5432`, or the base address of an API. */
export function addressOf({ settings }: SourceEnvironmentView): string {
  return settings.engine === 'rest' ? settings.baseUrl : `${settings.host}:${settings.port}`;
}

export const privilegesOf = ({ privileges }: SourceEnvironmentView): 'expected' | 'exceeds' | 'unknown' =>
  privileges === null ? 'unknown' : privileges.exceeds ? 'exceeds' : 'expected';

export const statusOf = (
  source: SourceView,
  place: SourceEnvironmentView,
): SourceEnvironmentView['status'] => (source.paused ? 'paused' : place.status);

export function sourceRows(sources: readonly SourceView[], filters: SourceFilters): readonly SourceRow[] {
  const wanted = folded(filters.search ?? '');
  return sources
    .flatMap((source) =>
      source.environments.map((place) => ({ key: `${source.id}/${place.environment}`, source, place })),
    )
    .filter(({ source, place }) => {
      const text = folded(`${source.name} ${engineNames[source.engine]} ${addressOf(place)}`);
      return (
        text.includes(wanted) &&
        (!filters.environment || place.environment === filters.environment) &&
        (!filters.engine || source.engine === filters.engine) &&
        (!filters.status || statusOf(source, place) === filters.status) &&
        (!filters.privileges || privilegesOf(place) === filters.privileges)
      );
    });
}
