/** Listed tests of Tempest's that it skips by itself, each with the reason why ferry cannot serve them. A skip that is not here is a failure. */
export const skips: Readonly<Record<string, string>> = {};
