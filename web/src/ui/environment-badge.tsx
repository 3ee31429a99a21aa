import type { EnvironmentName } from '@sallyport/contract';
import { Badge } from './badge.tsx';

export const environmentNames: Record<EnvironmentName, string> = {
  development: 'Development',
  staging: 'Staging',
  production: 'Production',
};

/** Production in the accent, the others grey. */
export function EnvironmentBadge({ environment }: { readonly environment: EnvironmentName }) {
  return (
    <Badge tone={environment === 'production' ? 'accent' : 'plain'}>{environmentNames[environment]}</Badge>
  );
}
