/** Text as it may stand in an attribute or an element. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;" };
  return text.replace(/[&<>'"]/g, (letter) => entities[letter] ?? letter);
}
