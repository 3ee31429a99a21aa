import { Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

/** A word on hover and focus; with nothing to say it is only the child. */
export function Hint({ text, children }: { readonly text?: ReactNode; readonly children: ReactElement }) {
  if (!text) return children;
  return <Tooltip label={text}>{children}</Tooltip>;
}
