const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Functions of MySQL and MariaDB that only compute. */
export const HARMLESS = words(`
  abs acos adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 avg bin bin_to_uuid
  bit_and bit_count bit_length bit_or bit_xor cast ceil ceiling char char_length character_length charset
  coalesce coercibility collation compress concat concat_ws connection_id conv convert convert_tz cos cot
  count crc32 cume_dist curdate current_date current_role current_time current_timestamp current_user
  curtime database date date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear
  decode_oracle degrees dense_rank elt exp export_set extract extractvalue field find_in_set first_value
  floor format format_bytes format_pico_time found_rows from_base64 from_days from_unixtime
  geometrycollection greatest group_concat grouping hex hour if ifnull inet6_aton inet6_ntoa inet_aton
  inet_ntoa insert instr interval is_ipv4 is_ipv6 is_uuid isnull json_array json_array_append
  json_array_insert json_arrayagg json_compact json_contains json_contains_path json_depth json_detailed
  json_equals json_exists json_extract json_insert json_keys json_length json_loose json_merge_patch
  json_merge_preserve json_normalize json_object json_objectagg json_overlaps json_pretty json_query
  json_quote json_remove json_replace json_schema_valid json_schema_validation_report json_search json_set
  json_storage_free json_storage_size json_table json_type json_unquote json_valid json_value lag last_day
  last_value lcase lead least left length linestring ln localtime localtimestamp locate log log10 log2 lower
  lpad ltrim make_set makedate maketime match max mbrcontains mbrcoveredby mbrcovers mbrdisjoint mbrequals
  mbrintersects mbroverlaps mbrtouches mbrwithin md5 median member microsecond mid min minute mod month
  monthname multilinestring multipoint multipolygon natural_sort_key now nth_value ntile nullif nvl nvl2 oct
  octet_length ord percent_rank percentile_cont percentile_disc period_add period_diff pi point polygon
  position pow power quarter quote radians rand random_bytes rank regexp_instr regexp_like regexp_replace
  regexp_substr repeat replace reverse right round row_count row_number rpad rtrim schema sec_to_time second
  session_user sha sha1 sha2 sign sin sleep soundex space sqrt st_area st_asbinary st_asgeojson st_astext
  st_aswkb st_aswkt st_boundary st_buffer st_centroid st_contains st_convexhull st_crosses st_difference
  st_dimension st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals st_exteriorring
  st_geohash st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_interiorringn
  st_intersection st_intersects st_isclosed st_isempty st_issimple st_isvalid st_latitude st_length
  st_longitude st_numgeometries st_numinteriorrings st_numpoints st_overlaps st_pointfromgeohash
  st_pointfromtext st_pointn st_simplify st_srid st_startpoint st_swapxy st_symdifference st_touches
  st_transform st_union st_validate st_within st_x st_y statement_digest statement_digest_text std stddev
  stddev_pop stddev_samp str_to_date strcmp subdate substr substring substring_index subtime sum sys_guid
  sysdate system_user tan time time_format time_to_sec timediff timestamp timestampadd timestampdiff
  to_base64 to_char to_days to_seconds trim truncate ucase uncompress uncompressed_length unhex
  unix_timestamp upper user utc_date utc_time utc_timestamp uuid uuid_short uuid_to_bin values var_pop
  var_samp variance version week weekday weekofyear weight_string year yearweek
`);

/** Words that may stand before a parenthesis and are no functions. */
export const KEYWORDS = words(`
  against all and any as between binary by case decimal default distinct div else except exists from in
  index intersect into is join key lateral like limit not on or over partition row select set signed some then union
  unsigned using varchar when where xor
`);

/** They reach files, locks, the session, replication or the machine: refused in every query. */
export const REFUSED = words(`
  load_file get_lock release_lock release_all_locks is_free_lock is_used_lock sys_exec sys_eval sys_get sys_set
  master_pos_wait source_pos_wait master_gtid_wait wait_for_executed_gtid_set
  wait_until_sql_thread_after_gtids last_insert_id lastval benchmark
  service_get_read_locks service_get_write_locks service_release_locks version_tokens_delete
  version_tokens_edit version_tokens_lock_exclusive version_tokens_lock_shared version_tokens_set
  version_tokens_unlock keyring_key_fetch keyring_key_generate keyring_key_remove keyring_key_store
  keyring_aws_rotate_cmk keyring_aws_rotate_keys audit_log_encryption_password_get
  audit_log_encryption_password_set audit_log_filter_flush audit_log_filter_remove_filter
  audit_log_filter_remove_user audit_log_filter_set_filter audit_log_filter_set_user audit_log_read
  audit_log_rotate set_firewall_group_mode set_firewall_mode flush_rewrite_cache load_rewrite_rules
  gen_dictionary_drop gen_dictionary_load masking_dictionary_remove masking_dictionary_term_add
  masking_dictionary_term_remove asynchronous_connection_failover_add_managed
  asynchronous_connection_failover_add_source asynchronous_connection_failover_delete_managed
  asynchronous_connection_failover_delete_source asynchronous_connection_failover_reset
  group_replication_disable_member_action group_replication_enable_member_action
  group_replication_reset_member_actions group_replication_set_as_primary
  group_replication_set_communication_protocol group_replication_set_write_concurrency
  group_replication_switch_to_multi_primary_mode group_replication_switch_to_single_primary_mode
`);

/** They change a sequence: a write. */
export const WRITING = words('nextval setval');
