/** Engines that enforce what they declare: a MERGE table, for one, holds rows of tables that know nothing of each other. */
export const IS_ENFORCED = "engine in ('InnoDB', 'Aria', 'MyISAM')";

/** The parts of unique indexes: index, column (none of an expression), and whether the part is the whole column, in order. */
export const UNIQUE = `index_name, column_name, sub_part is null and index_type = 'BTREE'
from information_schema.statistics where non_unique = 0`;
