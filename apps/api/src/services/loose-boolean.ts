const truths = new Set(["true", "1", "on", "yes"]);

/** The truth of a boolean as Nova accepts it in bodies: JSON's own, or one of the words that the contract lists. */
export const isTrue = (value: boolean | string): boolean => value === true || truths.has(String(value).toLowerCase());
