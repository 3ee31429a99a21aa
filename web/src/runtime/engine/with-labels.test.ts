import type { CompiledArgument } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { ApiProblem } from '../../lib/api-problem.ts';
import { explainError } from '../../lib/explain-error.ts';
import { withLabels } from './with-labels.ts';

it('a refused argument is told by the label of its input; one that comes from elsewhere, by its name', async () => {
  const known = [
    { name: 'new_size_value', expression: ' new_size.value' },
    { name: 'row_id', expression: 'rows.selectedKey' },
  ] as unknown as readonly CompiledArgument[];
  const told = async (name: string) => {
    const refusal = new ApiProblem({
      type: 'about:blank',
      code: 'argument_invalid',
      title: `An argument is not valid: ${name}.`,
      status: 422,
      next: 'Correct it.',
      requestId: '',
      places: [{ path: `arguments.${name}`, message: 'A value up to 9 is needed.' }],
    });
    const runner = withLabels(
      { run: () => Promise.reject(refusal) },
      () => known,
      (id) => (id === 'new_size' ? 'Size' : ''),
    );
    const request = { query: 'q', arguments: {}, runId: '' };
    const { title, detail } = explainError(
      await runner.run(request, new AbortController().signal).catch((error: unknown) => error),
    );
    return `${title} ${detail}`;
  };
  expect(await told('new_size_value')).toBe('Size is not valid. Size: A value up to 9 is needed.');
  expect(await told('row_id')).toBe(
    'An argument is not valid: row_id. arguments.row_id: A value up to 9 is needed.',
  );
});
