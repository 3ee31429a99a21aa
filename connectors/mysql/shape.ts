/** The type of a column that has another one for another value that is bound (`select {{ x }} as x`, `n + {{ x }}`). */
export const BY_VALUE = 'by value';

/** A longer varchar is still the same kind of value, and so is a number with noughts before it; `tinyint(1)`, a truth value, is not a `tinyint`. */
export const sameType = (a: string, b: string): boolean => base(a) === base(b);
const base = (name: string) => (name === 'tinyint(1)' ? name : name.replace(/\([^)]*\)| zerofill$/g, ''));

/** Whether a column is of the type that it was compiled with; one of a type by value is held to none. */
export const asCompiled = (is: string, was: string): boolean => was === BY_VALUE || sameType(is, was);
