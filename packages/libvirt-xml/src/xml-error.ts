/** A document that cannot be read or must not be written. The sentence names the document, the place in it and what is wanted. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}
