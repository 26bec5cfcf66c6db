import type { Element } from "@xmldom/xmldom";
import { childrenOf } from "./element.ts";
import type { Shape } from "./shape.ts";

/** Paths of all elements and attributes below `element` that its shape does not list: `domain/devices/foo`, `domain/devices/disk/@bar`. Sorted, each once. */
export function unknownPaths(element: Element, shape: Shape, path: string): string[] {
  return [...new Set(collect(element, shape, path))].sort();
}

function collect(element: Element, shape: Shape, path: string): string[] {
  if (shape.foreign) return [];
  return [
    ...unknownAttributes(element, shape, path),
    ...unknownText(element, shape, path),
    ...childrenOf(element).flatMap((child) => below(child, shape, path)),
  ];
}

function below(child: Element, parent: Shape, path: string): string[] {
  const known = shapeOfChild(parent, child);
  const childPath = `${path}/${child.nodeName}`;
  return known ? collect(child, known, childPath) : [childPath];
}

/** The shape that `parent` lists for this child; null when it does not list it. */
export function shapeOfChild(parent: Shape, child: Element): Shape | null {
  return child.namespaceURI === null && Object.hasOwn(parent.children, child.nodeName) ? (parent.children[child.nodeName] ?? null) : null;
}

const isNamespaceDeclaration = (name: string): boolean => name === "xmlns" || name.startsWith("xmlns:");

/** Attributes of the element without namespace declarations, as name and value. */
export function plainAttributes(element: Element): { name: string; value: string }[] {
  return Array.from(element.attributes).filter(({ name }) => !isNamespaceDeclaration(name));
}

function unknownAttributes(element: Element, shape: Shape, path: string): string[] {
  return plainAttributes(element)
    .filter(({ name }) => !shape.attributes.has(name))
    .map(({ name }) => `${path}/@${name}`);
}

/** Text of the element itself, not of its children. */
export function ownText(element: Element): string {
  const texts = Array.from(element.childNodes).filter((node) => node.nodeType === 3 || node.nodeType === 4);
  return texts.map((node) => node.nodeValue ?? "").join("");
}

function unknownText(element: Element, shape: Shape, path: string): string[] {
  return shape.text || ownText(element).trim() === "" ? [] : [`${path}/text()`];
}
