import { DOMParser, type Element, XMLSerializer } from "@xmldom/xmldom";
import { Refusal } from "./refusal.ts";

/** The root of a document; libvirt's error 27 when it is none, or another one than expected. */
export function parseRoot(xml: string, name: string): Element {
  let root: Element | null;
  try {
    root = new DOMParser({
      onError: (level, message) => {
        if (level !== "warning") throw new Error(message);
      },
    }).parseFromString(xml, "text/xml").documentElement;
  } catch (error) {
    throw new Refusal("xmlError", `XML document failed to parse: ${String(error)}`);
  }
  if (root?.nodeName !== name) throw new Refusal("xmlError", `XML document must have the root <${name}>`);
  return root;
}

export const childrenOf = (parent: Element | null | undefined, name?: string): Element[] =>
  [...(parent?.childNodes ?? [])].filter((node): node is Element => node.nodeType === 1 && (name === undefined || node.nodeName === name));

/** The first element along a path of names. */
export function find(parent: Element | null | undefined, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((at, name) => childrenOf(at, name)[0], parent ?? undefined);
}

export const textAt = (parent: Element | null | undefined, ...path: readonly string[]): string | undefined =>
  find(parent, ...path)?.textContent?.trim();

export const attributeAt = (parent: Element | undefined, name: string): string | undefined => parent?.getAttribute(name) ?? undefined;

export const serialize = (element: Element): string => new XMLSerializer().serializeToString(element);

/** Adds a child with text and attributes. */
export function append(parent: Element, name: string, attributes: Readonly<Record<string, string>> = {}, text?: string): Element {
  const document = parent.ownerDocument;
  if (!document) throw new Error("an element without a document cannot have children");
  const child = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
  if (text !== undefined) child.appendChild(document.createTextNode(text));
  parent.appendChild(child);
  return child;
}

/** Text made safe for an element or an attribute. */
export const escaped = (text: string): string => text.replace(/[&<>'"]/g, (character) => `&#${character.charCodeAt(0)};`);
