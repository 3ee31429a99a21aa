import { IconFilterOff } from '@tabler/icons-react';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { leavesKeys } from './use-focus-return.ts';

interface Filter {
  readonly label: string;
  readonly remove: () => void;
}

/** Nothing matches: names the filter to drop. */
export function NoMatch({
  thing,
  filters,
  clear,
}: {
  readonly thing: string;
  readonly filters: readonly Filter[];
  readonly clear: () => void;
}) {
  const last = filters.at(-1);
  return (
    <EmptyState
      said
      icon={<IconFilterOff size={24} stroke={1.75} aria-hidden="true" />}
      title={
        filters.length === 1
          ? `No ${thing} matches “${last?.label}”`
          : `No ${thing} matches ${filters.length} filters`
      }
    >
      {last && (
        <Button ref={leavesKeys} size="sm" onClick={last.remove}>
          Remove “{last.label}”
        </Button>
      )}
      {filters.length > 1 && (
        <Button ref={leavesKeys} size="sm" tone="ghost" onClick={clear}>
          Clear all
        </Button>
      )}
    </EmptyState>
  );
}
