/** Whether an input is an `http:` or `https:` address, not a path. */
export const isAddress = (input: string | URL): boolean => /^https?:\/\//i.test(String(input));
