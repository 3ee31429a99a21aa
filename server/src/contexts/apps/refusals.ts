import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  app_not_found: {
    status: 404,
    title: 'App not found.',
    next: 'It may have been removed. Check the list of apps.',
  },
  app_not_released: {
    status: 404,
    title: 'This app is not published yet.',
    next: 'Ask its builder to publish it.',
  },
  app_slug_taken: {
    status: 409,
    title: 'Another app already uses the address {slug}.',
    next: 'Choose another address.',
  },
  app_document_invalid: {
    status: 422,
    title: 'The app could not be saved.',
    next: 'Fix the errors that are listed.',
  },
  app_too_large: {
    status: 422,
    title: 'The app would be larger than {limit}, and could not be imported again.',
    next: 'Nothing was saved. Move a part of it to another app.',
  },
  draft_conflict: {
    status: 409,
    title: 'This draft was saved elsewhere after you opened it.',
    next: 'The builder keeps your changes. Load the other version and copy what you need, or overwrite it with yours. With the API, read the draft again and save with the version that it returns.',
  },
  draft_changed_since_export: {
    status: 409,
    title: '{who} changed this app at {when}, after your last export.',
    next: 'Export it to another folder and merge your changes, or import with `replace` (`--replace`) to overwrite it.',
  },
  draft_query_not_found: {
    status: 404,
    title: 'The draft has no query {name}.',
    next: 'It may have been renamed. Check the list of queries.',
  },
  query_name_taken: {
    status: 409,
    title: 'The name {name} is already used in this draft.',
    next: 'Choose another name. A query and a component cannot have the same name.',
  },
  app_release_not_found: {
    status: 404,
    title: 'Release not found.',
    next: 'Check the list of releases.',
  },
  release_reviewed_differs: {
    status: 409,
    title: 'The draft changed after you reviewed it.',
    next: 'Review the new changes, then publish again.',
  },
  release_blocked: {
    status: 422,
    title: 'The draft cannot be published yet.',
    next: 'Fix the problems that are listed.',
  },
  release_current: {
    status: 409,
    title: 'This release is already the current one.',
    next: 'Choose another release to roll back to.',
  },
  release_unchanged: {
    status: 409,
    title: 'The draft is the same as the current release.',
    next: 'Change something first, or roll back to another release.',
  },
  table_not_listed: {
    status: 404,
    title: 'The data source has no table {table}.',
    next: 'Refresh the schema and pick the table again.',
  },
  import_source_missing: {
    status: 422,
    title: 'The bundle needs data sources that are not connected here: {sources}.',
    next: 'Connect data sources with these names first.',
  },
});
