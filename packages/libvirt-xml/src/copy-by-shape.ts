import type { Element } from "@xmldom/xmldom";
import { createRoot } from "./document.ts";
import { append, childrenOf, documentOf } from "./element.ts";
import type { Shape } from "./shape.ts";
import { ownText, plainAttributes, shapeOfChild, unknownPaths } from "./unknown-paths.ts";
import { XmlError } from "./xml-error.ts";

/**
 * Re-creates the element in a new document from what its shape lists. Throws `XmlError` naming the paths when
 * it holds anything else: what ferry does not know it does not carry to another host.
 */
export function copyByShape(source: Element, shape: Shape): Element {
  const unknown = unknownPaths(source, shape, source.nodeName);
  if (unknown.length > 0)
    throw new XmlError(
      `Cannot copy <${source.nodeName}>: ferry does not know ${unknown.join(", ")}. Remove it from the definition before the move.`,
    );
  const copy = createRoot(source.nodeName);
  fill(copy, source, shape);
  return copy;
}

function fill(copy: Element, source: Element, shape: Shape): void {
  for (const { name, value } of plainAttributes(source)) copy.setAttribute(name, value);
  if (shape.text) copy.appendChild(documentOf(copy).createTextNode(ownText(source)));
  for (const child of childrenOf(source)) fillChild(copy, child, shape);
}

function fillChild(copy: Element, child: Element, parent: Shape): void {
  const known = shapeOfChild(parent, child);
  if (!known) return;
  if (known.foreign) copyForeign(copy, child);
  else fill(append(copy, child.nodeName), child, known);
}

/** Namespaced content of others, deep; elements without a namespace of their own are left behind. */
function copyForeign(copy: Element, source: Element): void {
  const holder = append(copy, source.nodeName);
  for (const child of childrenOf(source)) {
    if (child.namespaceURI !== null) holder.appendChild(documentOf(copy).importNode(child, true));
  }
}
