import type { SourceView } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { environmentView } from './views.ts';

it('an environment that was removed while it was tested is not there, and no fault', () => {
  const view = { environments: [] } as unknown as SourceView;
  expect(() => environmentView(view, 'staging')).toThrow(
    expect.objectContaining({ code: 'source_environment_not_found' }),
  );
});
