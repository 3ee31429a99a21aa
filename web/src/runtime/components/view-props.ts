import type { ComponentType } from '@sallyport/contract';
import type { ComponentState } from '../engine/session-types.ts';

/** What every component's view gets. `props` are evaluated, with their defaults. */
export interface ViewProps {
  readonly id: string;
  readonly type: ComponentType;
  readonly page: string;
  readonly state: ComponentState;
  readonly props: Readonly<Record<string, unknown>>;
}
