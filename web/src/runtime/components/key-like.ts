const WORDS = /(?:^|[_ ])(?:id|year|code|zip|postcode|number|no|key|version)$/i;

/** Whether a name is of keys, years or codes: their digits are not grouped. */
export const isKeyLike = (name: string): boolean => WORDS.test(name) || /[a-z]I[dD]$/.test(name);
