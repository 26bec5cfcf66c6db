/** The words of a text that is laid out for reading. */
export const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");
