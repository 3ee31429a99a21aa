import type { SourceEnvironmentView } from '@sallyport/contract';
import { StatusDot } from '../../ui/status-dot.tsx';

type Status = SourceEnvironmentView['status'];
export const statusNames: Record<Status, string> = {
  untested: 'Not tested',
  healthy: 'Healthy',
  failing: 'Cannot connect',
  paused: 'Paused',
  'no-credential': 'Needs a credential',
};
const tones = {
  untested: 'plain',
  healthy: 'ok',
  failing: 'bad',
  paused: 'off',
  'no-credential': 'warn',
} as const;

export function SourceStatusDot({ status }: { readonly status: Status }) {
  return <StatusDot tone={tones[status]}>{statusNames[status]}</StatusDot>;
}
