/** Bytes that do not follow XDR or the protocol's limits, or a value that cannot be written as the wanted XDR type. */
export class XdrError extends Error {
  override readonly name = "XdrError";
}
