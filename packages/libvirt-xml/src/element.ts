import type { Document, Element, Node } from "@xmldom/xmldom";
import { requireXmlText } from "./characters.ts";

const ELEMENT_NODE = 1;
const TEXT_NODES: readonly number[] = [3, 4];

const isElement = (node: Node): node is Element => node.nodeType === ELEMENT_NODE;

/** Text, also in a CDATA section. */
export const isText = (node: Node): boolean => TEXT_NODES.includes(node.nodeType);

/** Child elements, in order, of that name if one is given. Names are qualified: `qemu:commandline` is not `commandline`. */
export function childrenOf(parent: Element | null, name?: string): Element[] {
  const elements = Array.from(parent?.childNodes ?? []).filter(isElement);
  return name === undefined ? elements : elements.filter((element) => element.nodeName === name);
}

/** The element at the path of child names, the first of each; null when one is missing. */
export function find(parent: Element | null, ...path: string[]): Element | null {
  return path.reduce<Element | null>((element, name) => childrenOf(element, name)[0] ?? null, parent);
}

/** Value of an attribute, null when it is not there. */
export const attributeOf = (element: Element | null, name: string): string | null => element?.getAttribute(name) ?? null;

/** Trimmed text of the element at the path; null when it is missing or empty. */
export function textAt(parent: Element | null, ...path: string[]): string | null {
  const text = find(parent, ...path)?.textContent?.trim();
  return text ? text : null;
}

/** Attributes to set; null and undefined leave the attribute out. */
export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** Creates a child element with attributes and optional text, and returns it. Text and values are escaped when the document is written. */
export function append(parent: Element, name: string, attributes: Attributes = {}, text?: string | number): Element {
  const child = documentOf(parent).createElement(name);
  setAttributes(child, attributes);
  if (text !== undefined) child.appendChild(documentOf(parent).createTextNode(requireXmlText(String(text), name)));
  parent.appendChild(child);
  return child;
}

/** Sets the given attributes; those that are null or undefined are removed. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, requireXmlText(String(value), `${element.nodeName}/@${name}`));
  }
}

export function removeChildren(parent: Element, name: string): void {
  for (const child of childrenOf(parent, name)) parent.removeChild(child);
}

/** The document that will own new nodes beside `node`. */
export function documentOf(node: Element): Document {
  const document = node.ownerDocument;
  if (!document) throw new TypeError("An element outside a document cannot get children");
  return document;
}
