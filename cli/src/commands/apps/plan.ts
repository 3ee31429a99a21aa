import { contract, type Plan } from '@sallyport/contract';
import { Command } from 'commander';
import { request } from '../../client.ts';
import { type ConnectionOptions, connectionOf, withConnection } from '../../connection.ts';
import { FOUND_AMISS } from '../../exit-codes.ts';
import { print } from '../../print.ts';
import { findApp } from './find-app.ts';

/** `sallyport apps plan APP`: what publishing would change; another exit code when something blocks it. */
export function planCommand(): Command {
  return withConnection(new Command('plan'))
    .description('show what publishing an app’s draft would change; exits with 1 when it cannot be published')
    .argument('<app>', 'the app’s address (slug), id or name')
    .action(async (given: string, options: ConnectionOptions) => {
      const connection = connectionOf(options);
      const app = await findApp(connection, given);
      const plan = await request(connection, contract.apps.planRelease, { params: { id: app.id } });
      for (const line of linesOf(plan)) print(line);
      if (plan.problems.some((problem) => problem.blocking)) process.exitCode = FOUND_AMISS;
    });
}

export function linesOf(plan: Plan): string[] {
  const lines = [
    `Release ${plan.hash}`,
    plan.current === null
      ? 'Nothing was published before.'
      : `Current: ${plan.current.number}, ${plan.current.hash}`,
    ...plan.newStatements.map(({ query, effect, statement, replaces }) =>
      replaces === statement
        ? `~ ${query} (${effect}), the same text with other values, bounds or source\n    = ${indent(statement)}`
        : `${replaces === null ? '+' : '~'} ${query} (${effect})${replaces === null ? '' : `\n    - ${indent(replaces)}`}\n    + ${indent(statement)}`,
    ),
    ...plan.removedStatements.map(({ query, statement }) => `- ${query}\n    - ${indent(statement)}`),
    ...plan.newTables.map((touched) => `table ${touched.source}.${touched.table}: ${touchedText(touched)}`),
    ...plan.newColumns.map(
      (touched) => `columns ${touched.source}.${touched.table}: newly ${touchedText(touched)}`,
    ),
    ...plan.becameUser.map(({ query, argument }) => `! ${query}: ${argument} is now given by the user`),
    ...plan.newWrites.map((query) => `! ${query} now writes`),
    ...plan.pagesChanged.map((slug) => `page ${slug} changed`),
    ...plan.problems.map(({ blocking, message }) => `${blocking ? 'BLOCKED' : 'warning'}: ${message}`),
  ];
  return plan.current?.hash === plan.hash ? [...lines, 'Publishing would change nothing.'] : lines;
}

type Touched = Plan['newTables'][number] | Plan['newColumns'][number];

/** `read id, status`; `write every column`; `read whole rows (id, status)`. */
function touchedText({ access, columns, whole }: Touched): string {
  if (columns === undefined) return access;
  if (columns === null) return `${access} every column`;
  if (whole) return `${access} whole rows${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`;
  return columns.length === 0 ? `${access} no column` : `${access} ${columns.join(', ')}`;
}

function indent(text: string): string {
  return text.trim().replaceAll('\n', '\n      ');
}
