/** Why the database refused the values of a write, in words that name nothing of the database. */
export const CONSTRAINT_WORDS = {
  taken: 'A value that must be unique already exists.',
  linked: 'A referenced row does not exist, or other rows still reference this one.',
  missing: 'A required value is missing.',
  outside: 'A value is not allowed by the database.',
  long: 'A text is too long for its column.',
  large: 'A number is outside the range of its column.',
  unread: 'A value does not have the right format for its column.',
} as const;
