/** Why the database refused the values of a write, in words that name nothing of the database. */
export const CONSTRAINT_WORDS = {
  taken: 'A value that must be unique is taken already.',
  linked: 'A row that it refers to does not exist, or other rows still refer to it.',
  missing: 'A value that the database needs is missing.',
  outside: 'A value is not one that the database allows there.',
  long: 'A text is longer than the database takes.',
  large: 'A number is larger than the database takes.',
  unread: 'A value does not have the form that the database takes there.',
} as const;
