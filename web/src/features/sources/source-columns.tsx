import { type Column, Nothing } from '../../ui/data-table.tsx';
import { EnvironmentBadge, environmentNames } from '../../ui/environment-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { EngineTile } from './engine-tile.tsx';
import { RoleVerdict } from './role-verdict.tsx';
import { engineWithVersion, type SourceRow, statusOf } from './source-rows.ts';
import { SourceStatusDot } from './source-status.tsx';

export const sourceColumns: readonly Column<SourceRow>[] = [
  {
    key: 'source',
    head: 'Source',
    cell: ({ source, place }) => (
      <span className="sp-row" style={{ gap: 10 }}>
        <EngineTile engine={source.engine} />
        <span className="sp-col sp-cut">
          <span className="sp-m sp-cut">{source.name}</span>
          <span className="sp-t3 sp-sm sp-cut">
            <span className="sp-narrow-only">{environmentNames[place.environment]}, </span>
            {engineWithVersion(source.engine, place.serverVersion)}
          </span>
        </span>
      </span>
    ),
    text: ({ source }) => source.name,
  },
  {
    key: 'environment',
    head: 'Environment',
    width: 118,
    wide: true,
    cell: ({ place }) => <EnvironmentBadge environment={place.environment} />,
  },
  {
    key: 'status',
    head: 'Status',
    width: 156,
    cell: ({ source, place }) => <SourceStatusDot status={statusOf(source, place)} />,
  },
  {
    key: 'mode',
    head: 'Mode',
    width: 108,
    wide: true,
    cell: ({ source }) => (
      <span className="sp-t2">{source.mode === 'read' ? 'Read-only' : 'Read, write'}</span>
    ),
  },
  {
    key: 'role',
    head: 'Its role',
    width: 140,
    wide: true,
    cell: ({ place }) => <RoleVerdict place={place} />,
  },
  {
    key: 'checked',
    head: 'Checked',
    width: 96,
    right: true,
    wide: true,
    cell: ({ place }) =>
      place.checkedAt ? (
        <span className="sp-t2">
          <Time at={place.checkedAt} />
        </span>
      ) : (
        <Nothing />
      ),
  },
];
