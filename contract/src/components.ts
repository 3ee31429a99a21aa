/**
 * What components exist, as data: the server validates documents with it, the builder draws its palette and inspector
 * from it, the runtime renders by it. A property's value in a document is a literal or, when `bindable`, a string with
 * `{{ expression }}`: only a binding keeps its type, mixed text makes a string.
 */
export type PropertyKind =
  | { readonly kind: 'text'; readonly multiline?: boolean }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Any value: rows, an option list, a default value. A literal is JSON. */
  | { readonly kind: 'value' }
  /** The name of a query of the app. */
  | { readonly kind: 'query' }
  /** `TableColumn[]` of app-document.ts. */
  | { readonly kind: 'columns' }
  /** `{ label, value }[]`, or a binding to one or to a list of plain values. */
  | { readonly kind: 'options' };

export interface PropertyDefinition {
  readonly label: string;
  readonly type: PropertyKind;
  readonly bindable: boolean;
  /** Omitted from the document when equal to this. */
  readonly default: unknown;
  readonly section: 'content' | 'behaviour' | 'style';
  readonly hint?: string;
}

export interface ComponentDefinition {
  readonly label: string;
  /** In the palette: "Show", "Enter", "Arrange", "Act". */
  readonly group: 'show' | 'enter' | 'arrange' | 'act';
  /** Prefix of new ids: `table1`. */
  readonly idPrefix: string;
  /** Default size in grid columns (of 12) and rows (of 26 px). */
  readonly size: { readonly w: number; readonly h: number };
  readonly container: boolean;
  readonly properties: Readonly<Record<string, PropertyDefinition>>;
  readonly events: readonly string[];
  /** What expressions can read as `<id>.<name>`. */
  readonly exposes: readonly string[];
  /** What an event handler's "control component" can do. */
  readonly methods: readonly string[];
}

const text = (label: string, fallback = '', more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  label,
  type: { kind: 'text' },
  bindable: true,
  default: fallback,
  section: 'content',
  ...more,
});
const flag = (
  label: string,
  fallback = false,
  more: Partial<PropertyDefinition> = {},
): PropertyDefinition => ({
  label,
  type: { kind: 'boolean' },
  bindable: true,
  default: fallback,
  section: 'behaviour',
  ...more,
});
const choice = (
  label: string,
  options: readonly string[],
  fallback: string,
  more: Partial<PropertyDefinition> = {},
): PropertyDefinition => ({
  label,
  type: { kind: 'choice', options },
  bindable: false,
  default: fallback,
  section: 'style',
  ...more,
});
const value = (label: string, more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  label,
  type: { kind: 'value' },
  bindable: true,
  default: null,
  section: 'content',
  ...more,
});
const number = (
  label: string,
  fallback: number | null,
  more: Partial<PropertyDefinition> = {},
): PropertyDefinition => ({
  label,
  type: { kind: 'number' },
  bindable: true,
  default: fallback,
  section: 'behaviour',
  ...more,
});

/** Every component has these. */
export const COMMON_PROPERTIES: Readonly<Record<string, PropertyDefinition>> = {
  hidden: flag('Hidden'),
  disabled: flag('Disabled'),
  tooltip: text('Tooltip', '', { section: 'behaviour' }),
};

const input = {
  label: text('Label'),
  hint: text('Hint', '', { section: 'content' }),
  required: flag('Required'),
} satisfies Record<string, PropertyDefinition>;
const inputMethods = ['setValue', 'clearValue', 'resetValue', 'focus', 'validate'] as const;

export const COMPONENTS = {
  table: {
    label: 'Table',
    group: 'show',
    idPrefix: 'table',
    size: { w: 12, h: 16 },
    container: false,
    properties: {
      title: text('Title'),
      query: {
        label: 'Query',
        type: { kind: 'query' },
        bindable: false,
        default: '',
        section: 'content',
        hint: 'A query with server-side paging pages, sorts, filters and searches on the server.',
      },
      data: value('Data', { hint: 'Rows, when no query is chosen: {{ query1.data }}' }),
      primaryKey: text('Primary key', '', {
        bindable: false,
        hint: 'Keeps the selection through paging and sorting.',
      }),
      columns: {
        label: 'Columns',
        type: { kind: 'columns' },
        bindable: false,
        default: [],
        section: 'content',
        hint: 'None listed, so every column of the result is shown.',
      },
      pageSize: number('Rows per page', 50, {
        bindable: false,
        hint: 'For queries with server-side paging. Other queries load all rows at once.',
      }),
      searchable: flag('Search box', true, { bindable: false }),
      filterable: flag('Filters', true, { bindable: false }),
      emptyText: text('Empty message', 'No rows yet.'),
    },
    events: ['onRowSelect', 'onRowOpen'],
    exposes: ['selectedRow', 'selectedKey', 'rows', 'total', 'search'],
    methods: ['refresh', 'clearSelection'],
  },
  text: {
    label: 'Text',
    group: 'show',
    idPrefix: 'text',
    size: { w: 6, h: 2 },
    container: false,
    properties: {
      text: text('Text', 'Text', { type: { kind: 'text', multiline: true } }),
      size: choice('Size', ['body', 'small', 'heading', 'title'], 'body'),
      tone: choice('Tone', ['normal', 'muted', 'ok', 'warn', 'bad'], 'normal'),
    },
    events: [],
    exposes: ['text'],
    methods: [],
  },
  statistic: {
    label: 'Statistic',
    group: 'show',
    idPrefix: 'statistic',
    size: { w: 3, h: 4 },
    container: false,
    properties: {
      label: text('Label', 'Label'),
      value: value('Value'),
      format: choice('Format', ['number', 'currency', 'percent', 'text'], 'number'),
      currency: text('Currency', 'EUR', { bindable: false, section: 'style' }),
      caption: text('Caption'),
    },
    events: [],
    exposes: ['value'],
    methods: [],
  },
  chart: {
    label: 'Chart',
    group: 'show',
    idPrefix: 'chart',
    size: { w: 6, h: 12 },
    container: false,
    properties: {
      title: text('Title'),
      data: value('Data', { hint: 'Rows: {{ query1.data }}' }),
      type: choice('Type', ['bar', 'line', 'area', 'scatter', 'pie'], 'bar', { section: 'content' }),
      x: text('Category column', '', { bindable: false }),
      y: text('Value columns', '', { bindable: false, hint: 'Comma-separated' }),
      stacked: flag('Stacked', false, { bindable: false, section: 'style' }),
    },
    events: [],
    exposes: [],
    methods: [],
  },
  textInput: {
    label: 'Text input',
    group: 'enter',
    idPrefix: 'textInput',
    size: { w: 4, h: 3 },
    container: false,
    properties: {
      ...input,
      value: value('Default value'),
      placeholder: text('Placeholder'),
      format: choice('Format', ['text', 'multiline', 'email', 'url', 'password'], 'text', {
        section: 'content',
      }),
      maxLength: number('Maximum length', null),
    },
    events: ['onChange', 'onSubmit'],
    exposes: ['value', 'valid'],
    methods: inputMethods,
  },
  numberInput: {
    label: 'Number input',
    group: 'enter',
    idPrefix: 'numberInput',
    size: { w: 3, h: 3 },
    container: false,
    properties: {
      ...input,
      value: value('Default value'),
      placeholder: text('Placeholder'),
      min: number('Minimum', null),
      max: number('Maximum', null),
      decimals: number('Decimals', null, { bindable: false }),
    },
    events: ['onChange', 'onSubmit'],
    exposes: ['value', 'valid'],
    methods: inputMethods,
  },
  select: {
    label: 'Select',
    group: 'enter',
    idPrefix: 'select',
    size: { w: 3, h: 3 },
    container: false,
    properties: {
      ...input,
      value: value('Default value'),
      options: {
        label: 'Options',
        type: { kind: 'options' },
        bindable: true,
        default: [],
        section: 'content',
      },
      placeholder: text('Placeholder'),
      multiple: flag('Multiple', false, { bindable: false }),
      clearable: flag('Clearable', true),
      searchable: flag('Search', true, { bindable: false }),
    },
    events: ['onChange'],
    exposes: ['value', 'label', 'valid'],
    methods: inputMethods,
  },
  date: {
    label: 'Date',
    group: 'enter',
    idPrefix: 'date',
    size: { w: 3, h: 3 },
    container: false,
    properties: {
      ...input,
      value: value('Default value', { hint: 'YYYY-MM-DD, or an instant with time' }),
      withTime: flag('With time', false, { bindable: false }),
      zone: choice('Time zone', ['person', 'none'], 'person', {
        section: 'content',
        hint: 'None is for columns without a time zone. Everyone sees the same time.',
      }),
      min: text('Earliest', '', { section: 'behaviour' }),
      max: text('Latest', '', { section: 'behaviour' }),
    },
    events: ['onChange'],
    exposes: ['value', 'valid'],
    methods: inputMethods,
  },
  checkbox: {
    label: 'Checkbox',
    group: 'enter',
    idPrefix: 'checkbox',
    size: { w: 3, h: 2 },
    container: false,
    properties: {
      label: text('Label', 'Label'),
      hint: text('Hint'),
      value: value('Default value'),
      style: choice('Style', ['checkbox', 'switch'], 'checkbox'),
    },
    events: ['onChange'],
    exposes: ['value'],
    methods: inputMethods,
  },
  button: {
    label: 'Button',
    group: 'act',
    idPrefix: 'button',
    size: { w: 2, h: 2 },
    container: false,
    properties: {
      label: text('Label', 'Button'),
      variant: choice('Style', ['primary', 'default', 'ghost', 'danger'], 'default'),
      align: choice('Width', ['fill', 'start', 'end'], 'fill'),
      submit: flag('Submits form', false, { bindable: false }),
      loading: flag('Loading'),
    },
    events: ['onClick'],
    exposes: [],
    methods: [],
  },
  form: {
    label: 'Form',
    group: 'arrange',
    idPrefix: 'form',
    size: { w: 6, h: 14 },
    container: true,
    properties: {
      title: text('Title'),
      border: flag('Border', true, { bindable: false, section: 'style' }),
      resetAfterSubmit: flag('Reset after submit', false, { bindable: false }),
    },
    events: ['onSubmit'],
    exposes: ['values', 'valid'],
    methods: ['submit', 'reset'],
  },
  container: {
    label: 'Container',
    group: 'arrange',
    idPrefix: 'container',
    size: { w: 6, h: 8 },
    container: true,
    properties: { title: text('Title'), border: flag('Border', true, { bindable: false, section: 'style' }) },
    events: [],
    exposes: [],
    methods: [],
  },
  modal: {
    label: 'Modal',
    group: 'arrange',
    idPrefix: 'modal',
    size: { w: 12, h: 14 },
    container: true,
    properties: {
      title: text('Title', 'Title'),
      size: choice('Size', ['small', 'medium', 'large', 'drawer'], 'medium'),
    },
    events: ['onOpen', 'onClose'],
    exposes: ['open'],
    methods: ['open', 'close'],
  },
} as const satisfies Record<string, ComponentDefinition>;

export type ComponentType = keyof typeof COMPONENTS;
export const COMPONENT_TYPES = Object.keys(COMPONENTS) as [ComponentType, ...ComponentType[]];

/** The definition of one property of one component type, its own or a common one. */
export function propertyOf(type: ComponentType, name: string): PropertyDefinition | undefined {
  const own: Readonly<Record<string, PropertyDefinition>> = COMPONENTS[type].properties;
  return Object.hasOwn(own, name)
    ? own[name]
    : Object.hasOwn(COMMON_PROPERTIES, name)
      ? COMMON_PROPERTIES[name]
      : undefined;
}
