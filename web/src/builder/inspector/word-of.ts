const WORDS: Readonly<Record<string, string>> = {
  ok: 'Success',
  warn: 'Warning',
  bad: 'Error',
  info: 'Information',
  datetime: 'Date and time',
  json: 'JSON',
  email: 'Email',
  url: 'Web address',
};

/** What a choice of the document is called in front of people. */
export const wordOf = (option: string): string =>
  WORDS[option] ?? option.charAt(0).toUpperCase() + option.slice(1);
