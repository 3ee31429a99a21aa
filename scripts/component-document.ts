import { COMMON_PROPERTIES, COMPONENTS, type PropertyDefinition, TableColumn } from '@sallyport/contract';

/** The text of `docs/components.md`: every component with its properties, events, values and methods. */
export function componentDocument(): string {
  const sections = Object.entries(COMPONENTS).flatMap(([type, component]) => [
    `## ${type}`,
    '',
    ...properties(component.properties),
    '',
    names('Events', component.events),
    names('Expressions read', component.exposes),
    names('Methods', component.methods),
    '',
  ]);
  return [
    '# Components',
    '',
    'The types that a page of an app can use, for [documents written by hand](building.md#the-app-document). Made by',
    '`node scripts/run.mjs scripts/documents.ts`.',
    '',
    'Every component also has these properties. A *bindable* property may contain `{{ }}`. Leave out a property that',
    'equals its default.',
    '',
    `A \`value\` is any JSON. \`options\` is a list of plain values or of \`{ label, value }\`. \`columns\` is a list of`,
    `\`{ ${Object.keys(TableColumn.shape).join(', ')} }\`, of which only \`name\` is required; \`format\` is one of`,
    `${TableColumn.shape.format
      .unwrap()
      .options.map((one) => `\`${one}\``)
      .join(', ')}.`,
    '',
    ...properties(COMMON_PROPERTIES),
    '',
    ...sections,
  ].join('\n');
}

function properties(table: Readonly<Record<string, PropertyDefinition>>): readonly string[] {
  return [
    '| property | in the builder | value | default | bindable |',
    '|---|---|---|---|---|',
    ...Object.entries(table).map(
      ([name, one]) =>
        `| \`${name}\` | ${one.label} | ${writtenAs(one)} | \`${JSON.stringify(one.default)}\` | ${one.bindable ? 'yes' : 'no'} |`,
    ),
  ];
}

function writtenAs({ type, hint }: PropertyDefinition): string {
  const what = type.kind === 'choice' ? type.options.map((one) => `\`${one}\``).join(', ') : type.kind;
  return hint === undefined ? what : `${what}. ${hint}`;
}

const names = (title: string, list: readonly string[]): string =>
  `${title}: ${list.length === 0 ? 'none' : list.map((one) => `\`${one}\``).join(', ')}.  `;
