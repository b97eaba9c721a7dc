/** The name of the only group of a plain list. */
export const PLAIN_GROUP = 'labels';

/** A label as people read it: a category's with its unit before it, `Mood: Tense`. */
export const qualifiedLabel = (group: string, label: string): string => unitPrefix(group) + label;

/** What stands before the labels of a group; a plain list's has no name worth telling. */
export const unitPrefix = (group: string): string => (group === PLAIN_GROUP ? '' : `${group}: `);
