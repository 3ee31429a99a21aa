import { TextInput } from '@mantine/core';
import { latePart } from '../../ui/late-part.tsx';
import { useRuntime } from '../runtime-context.tsx';
import { fieldProps } from './field-props.ts';
import type { ViewProps } from './view-props.ts';

const DateControl = latePart(
  () => import('./date-control.tsx'),
  'DateControl',
  ({ view }: { readonly view: ViewProps }) => <Waiting view={view} />,
);

/** A calendar date (no zone), or a time: shown in the person's zone, exposed as an instant with its offset. */
export const DateView = (view: ViewProps) => <DateControl view={view} />;

function Waiting({ view }: { readonly view: ViewProps }) {
  const { session, mode } = useRuntime();
  return <TextInput {...fieldProps(view, session, mode)} value="" readOnly />;
}
