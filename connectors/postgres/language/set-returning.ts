import { HARMLESS } from './known-functions.ts';

/** Functions of `HARMLESS` that return sets, from PostgreSQL 18's `pg_proc`; in a select list or an order each repeats its row. */
export const SET_RETURNING: ReadonlySet<string> = new Set(
  `
aclexplode generate_series generate_subscripts json_array_elements json_array_elements_text json_each
json_each_text json_object_keys json_populate_recordset json_to_recordset jsonb_array_elements
jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys jsonb_path_query
jsonb_path_query_tz jsonb_populate_recordset jsonb_to_recordset pg_available_extension_versions
pg_available_extensions pg_config pg_extension_update_paths pg_get_catalog_foreign_keys pg_get_keywords
pg_get_publication_tables pg_get_replication_slots pg_options_to_table pg_partition_ancestors
pg_partition_tree pg_snapshot_xip pg_tablespace_databases pg_timezone_abbrevs_abbrevs
pg_timezone_abbrevs_zone pg_timezone_names regexp_matches regexp_split_to_table string_to_table ts_debug
ts_parse ts_token_type txid_snapshot_xip unnest
`.match(/\w+/g),
);

/** Whether a function, by its name and its schema's, can return no set. One that is not known may. */
export const repeatsNoRow = (path: readonly string[]): boolean => {
  const name = path.at(-1) ?? '';
  return (path.length === 1 || path[0] === 'pg_catalog') && HARMLESS.has(name) && !SET_RETURNING.has(name);
};
