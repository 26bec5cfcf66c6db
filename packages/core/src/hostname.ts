/** The host name that a guest is told when nobody chose one: the server's name in letters, digits and dashes, at most 63. */
export const hostnameOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, "") || "server";
