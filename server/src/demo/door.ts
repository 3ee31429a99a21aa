import type { Call } from '../kernel/call.ts';
import type { Binding } from '../platform/http/binding.ts';

export interface Demo {
  readonly available: boolean;
  readonly routes: readonly Binding[];
  /** Connects the source and publishes the app, as the person who calls (D2). */
  install(call: Call): Promise<{ slug: string }>;
}
