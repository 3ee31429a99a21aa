import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  app_not_found: {
    status: 404,
    title: 'There is no such app.',
    next: 'Look at the list of apps; it may have been deleted.',
  },
  app_not_released: {
    status: 404,
    title: 'This app is not published yet.',
    next: 'Ask its builder to publish it.',
  },
  app_slug_taken: {
    status: 409,
    title: 'Another app already has the address {slug}.',
    next: 'Choose another address.',
  },
  app_document_invalid: {
    status: 422,
    title: 'The app cannot be saved as it is.',
    next: 'Correct the places that are named.',
  },
  draft_conflict: {
    status: 409,
    title: 'This draft was saved elsewhere since you opened it.',
    next: 'The builder keeps yours: load the other one and take over what you need, or save yours over it. Over the API, read the draft again, and save with what it says now.',
  },
  draft_changed_since_export: {
    status: 409,
    title: '{who} changed this app at {when}, and you have not exported it since.',
    next: 'Export it into another folder and bring both together, or import with `replace` (`--replace`) to put yours in its place.',
  },
  draft_query_not_found: {
    status: 404,
    title: 'The draft has no query {name}.',
    next: 'Open the list of queries; it may have been renamed.',
  },
  query_name_taken: {
    status: 409,
    title: 'The draft already has something called {name}.',
    next: 'Choose another name: queries and components share one list of names.',
  },
  app_release_not_found: {
    status: 404,
    title: 'There is no such release.',
    next: 'Open the list of releases.',
  },
  release_reviewed_differs: {
    status: 409,
    title: 'The draft changed since you reviewed it.',
    next: 'Look at the new difference and publish again.',
  },
  release_blocked: {
    status: 422,
    title: 'The draft cannot be published yet.',
    next: 'Correct what is named.',
  },
  release_current: {
    status: 409,
    title: 'This release is the current one already.',
    next: 'Choose another release to go back to.',
  },
  release_unchanged: {
    status: 409,
    title: 'The draft is the same as the current release.',
    next: 'Change something first, or roll back to another release.',
  },
  table_not_listed: {
    status: 404,
    title: 'The source has no table {table}.',
    next: 'Refresh the schema and pick the table again.',
  },
  import_source_missing: {
    status: 422,
    title: 'The bundle needs the data source {source}, which is not connected here.',
    next: 'Connect a source of that name first.',
  },
});
