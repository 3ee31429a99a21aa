import { z } from 'zod';
import { COMPONENT_TYPES } from './components.ts';
import { QueryDocument } from './queries.ts';
import { Identifier, JsonValue, Name, Slug, Title } from './values.ts';

/** One pure JavaScript expression inside `{{ }}`, or text with such places. */
const Template = z.string().max(20_000);
const Guard = z.strictObject({ onlyIf: Template.optional() });

/** One step of an event; steps run in order, each after the one before has ended. */
export const Handler = z.discriminatedUnion('do', [
  Guard.extend({
    do: z.literal('runQuery'),
    query: Identifier,
    onSuccess: z.lazy((): z.ZodType<Handler[]> => Handlers).optional(),
    onFailure: z.lazy((): z.ZodType<Handler[]> => Handlers).optional(),
  }),
  Guard.extend({ do: z.literal('setVariable'), name: Identifier, value: JsonValue }),
  Guard.extend({ do: z.literal('openModal'), modal: Identifier }),
  Guard.extend({ do: z.literal('closeModal'), modal: Identifier }),
  Guard.extend({
    do: z.literal('control'),
    component: Identifier,
    method: Identifier,
    value: JsonValue.optional(),
  }),
  Guard.extend({
    do: z.literal('notify'),
    message: Template,
    tone: z.enum(['ok', 'warn', 'bad', 'info']).default('ok'),
  }),
  /** An address of this server, a page of this app, or an https link; opened in a new tab when it leaves the app. */
  Guard.extend({ do: z.literal('goTo'), page: Slug.optional(), url: Template.optional() }),
]);
type Json = z.infer<ReturnType<typeof z.json>>;
export type Handler =
  | { do: 'runQuery'; query: string; onSuccess?: Handler[]; onFailure?: Handler[]; onlyIf?: string }
  | { do: 'setVariable'; name: string; value: Json; onlyIf?: string }
  | { do: 'openModal' | 'closeModal'; modal: string; onlyIf?: string }
  | { do: 'control'; component: string; method: string; value?: Json; onlyIf?: string }
  | { do: 'notify'; message: string; tone: 'ok' | 'warn' | 'bad' | 'info'; onlyIf?: string }
  | { do: 'goTo'; page?: string; url?: string; onlyIf?: string };
export const Handlers = z.array(Handler).max(50);

/** How a table shows a column. */
export const TableColumn = z.strictObject({
  name: z.string().min(1).max(200),
  label: z.string().max(200).optional(),
  format: z
    .enum([
      'auto',
      'text',
      'number',
      'currency',
      'percent',
      'boolean',
      'date',
      'datetime',
      'tag',
      'link',
      'json',
    ])
    .default('auto'),
  currency: z.string().max(3).optional(),
  width: z.number().int().min(40).max(1_000).optional(),
  hidden: z.boolean().default(false),
});
export type TableColumn = z.output<typeof TableColumn>;

/** Columns of 12 and rows of 26 px, from the parent's top left. */
export const Layout = z
  .strictObject({
    x: z.number().int().min(0).max(11),
    y: z.number().int().min(0).max(10_000),
    w: z.number().int().min(1).max(12),
    h: z.number().int().min(1).max(1_000),
  })
  .refine((l) => l.x + l.w <= 12, 'x + w is at most 12');
export type Layout = z.output<typeof Layout>;

export const Component = z.strictObject({
  type: z.enum(COMPONENT_TYPES),
  /** The id of the form, container or modal it stands in; the page when absent. */
  parent: Identifier.optional(),
  /** A fractional key: reading and tab order among siblings. */
  order: z.string().min(1).max(100),
  layout: Layout,
  /** By `components.ts`; a property equal to its default is omitted. */
  props: z.record(Identifier, JsonValue).default({}),
  on: z.record(Identifier, Handlers).default({}),
});
export type Component = Omit<z.output<typeof Component>, 'on'> & { on: Record<string, Handler[]> };

export const Page = z.strictObject({
  title: Title,
  /** A fractional key. */
  order: z.string().min(1).max(100),
  components: z.record(Identifier, Component).default({}),
  onLoad: Handlers.default([]),
});
export type Page = Omit<z.output<typeof Page>, 'components' | 'onLoad'> & {
  components: Record<string, Component>;
  onLoad: Handler[];
};

/** The pages and variables of an app: what the builder edits freely. Component ids are unique in the whole app. */
export const AppPages = z.strictObject({
  home: Slug,
  pages: z
    .record(Slug, Page)
    .refine((p) => Object.keys(p).length >= 1 && Object.keys(p).length <= 50, '1 to 50 pages')
    .meta({ minProperties: 1, maxProperties: 50 }),
  /** Initial values by name. */
  variables: z.record(Identifier, JsonValue).default({}),
});
export type AppPages = Omit<z.output<typeof AppPages>, 'pages'> & { pages: Record<string, Page> };

/** The whole app, in one JSON value: import and export. The folder of text holds the same, file by file. */
export const AppBundle = z.strictObject({
  format: z.literal('sallyport.app/1'),
  name: Name,
  home: Slug,
  pages: AppPages.shape.pages,
  variables: AppPages.shape.variables,
  queries: z.record(Identifier, QueryDocument).default({}),
});
export type AppBundle = Omit<z.output<typeof AppBundle>, 'pages'> & { pages: Record<string, Page> };
