import type { PersonRow } from '@sallyport/contract';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Badge } from '../../ui/badge.tsx';
import { type Column, Nothing } from '../../ui/data-table.tsx';
import { Email } from '../../ui/email.tsx';
import { initials } from '../../ui/initials.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { roleNames } from './roles.ts';

export const personColumns: readonly Column<PersonRow>[] = [
  {
    key: 'person',
    head: 'Person',
    cell: (person) => (
      <span className="sp-row" style={{ gap: 10 }}>
        <span className="sp-av" aria-hidden="true">
          {initials(person.name)}
        </span>
        <span className="sp-col sp-cut">
          <span className="sp-m sp-cut">{person.name}</span>
          <span className="sp-t3 sp-sm sp-cut">
            <Email of={person.email} />
          </span>
        </span>
      </span>
    ),
    text: (person) => person.email,
  },
  {
    key: 'role',
    head: 'Role',
    width: 92,
    cell: (person) => <span className="sp-t2">{roleNames[person.role]}</span>,
  },
  {
    key: 'groups',
    head: 'Groups',
    wide: true,
    width: '22%',
    cell: (person) =>
      person.groups.length === 0 ? (
        <Nothing />
      ) : (
        <span className="sp-row sp-g4 sp-groups">
          {person.groups.slice(0, 2).map((group) => (
            <Badge key={group}>
              <span className="sp-cut">{group}</span>
            </Badge>
          ))}
          {person.groups.length > 2 && <span className="sp-t3">+{person.groups.length - 2}</span>}
        </span>
      ),
    text: (person) => person.groups.join(', '),
  },
  {
    key: 'factor',
    head: 'Two-factor',
    width: 116,
    wide: true,
    cell: (person) =>
      person.secondFactor ? (
        <span className="sp-ok sp-row sp-g4">
          <IconCheck size={14} stroke={2} aria-hidden="true" />
          On
        </span>
      ) : (
        <span className="sp-warn sp-row sp-g4">
          <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />
          Off
        </span>
      ),
  },
  {
    key: 'state',
    head: 'Access',
    width: 110,
    cell: (person) => (
      <StatusDot tone={person.disabled ? 'off' : 'ok'}>{person.disabled ? 'Turned off' : 'Active'}</StatusDot>
    ),
  },
  {
    key: 'seen',
    head: 'Last seen',
    width: 104,
    right: true,
    wide: true,
    cell: (person) =>
      person.lastSeenAt ? (
        <span className="sp-t2">
          <Time at={person.lastSeenAt} />
        </span>
      ) : (
        <Nothing />
      ),
  },
];
