/** Whether a text begins as an address of any kind does, such as `rtmp://`. */
export const hasScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(text);

/** Whether an input is an `http:` or `https:` address, not a path. */
export const isAddress = (input: string | URL): boolean => /^https?:\/\//i.test(String(input));
