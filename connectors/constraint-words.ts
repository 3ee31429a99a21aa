/** Why a rule of the database refused a write, in words that name nothing of the database. */
export const CONSTRAINT_WORDS = {
  taken: 'A value that must be unique is taken already.',
  linked: 'A row that it refers to does not exist, or other rows still refer to it.',
  missing: 'A value that the database needs is missing.',
} as const;
