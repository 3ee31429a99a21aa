import { type PropertyDefinition, TableColumn } from '@sallyport/contract';
import { z } from 'zod';

const Plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Columns = z.array(TableColumn);
const Options = z.union([z.string(), z.array(z.union([Plain, z.object({ label: Plain, value: z.json() })]))]);

/**
 * Why a component cannot show what a property holds (rule A2), or undefined. The builder writes no such value; a file that
 * was written by hand may hold one. A plain text where a number belongs is shown in the builder, and has no effect.
 */
export function valueProblem({ type }: PropertyDefinition, value: unknown): string | undefined {
  switch (type.kind) {
    case 'value':
      return undefined;
    case 'columns':
      return whyNot(value);
    case 'options':
      return Options.safeParse(value).success
        ? undefined
        : 'Enter a list of values, or of labels and values.';
    case 'choice':
      return type.options.some((option) => option === value)
        ? undefined
        : `Must be one of: ${type.options.join(', ')}.`;
    case 'query':
    case 'text':
    case 'number':
    case 'boolean':
      return Plain.safeParse(value).success ? undefined : 'Enter a plain value or an expression.';
  }
}

/** Of a list of columns, with the place in it. */
function whyNot(value: unknown): string | undefined {
  const [issue] = Columns.safeParse(value).error?.issues ?? [];
  return issue && [issue.path.join('.'), issue.message].filter(Boolean).join(': ');
}
