import type { EnvironmentName } from '@sallyport/contract';
import type { SourceId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Rewrappable, SealedValue } from '../vault/index.ts';
import { placeOf } from './seal-credential.ts';

/** How a rotation finds and replaces the credentials of an organization. A position is `<source>/<environment>`. */
export const sealedCredentials: Rewrappable = {
  table: 'source_environments',
  count: async (tx, organization) => {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*) from source_environments where organization_id = ${organization} and credential is not null`);
    return count;
  },
  page: async (tx, organization, after, limit) => {
    const rows = await tx.many<{
      source_id: SourceId;
      environment: EnvironmentName;
      credential: SealedValue;
      credential_version: number;
    }>(sql`
      select source_id, environment, credential, credential_version from source_environments
      where organization_id = ${organization} and credential is not null
        and source_id::text || '/' || environment > ${after ?? ''}
      order by source_id::text || '/' || environment limit ${limit}`);
    return rows.map((row) => {
      const place = placeOf(organization, row.source_id, row.environment, row.credential_version);
      return { position: place.row, place, sealed: row.credential };
    });
  },
  replace: async (tx, organization, item, next) =>
    (await tx.run(sql`
      update source_environments set credential = ${next}
      where organization_id = ${organization} and source_id::text || '/' || environment = ${item.position}
        and credential = ${item.sealed}`)) === 1,
};
