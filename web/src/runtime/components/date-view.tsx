import { TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import type { ViewProps } from './view-props.ts';

const DateControl = lazy(() => import('./date-control.tsx'));

/** A calendar date (no zone), or a time: shown in the person's zone, exposed as an instant with its offset. */
export function DateView(view: ViewProps) {
  const { session, mode } = useRuntime();
  const waiting = <TextInput {...fieldProps(view, session, mode)} value="" readOnly />;
  return (
    <Suspense fallback={waiting}>
      <DateControl view={view} />
    </Suspense>
  );
}
