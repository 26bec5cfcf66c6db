import { DOMImplementation, DOMParser, type Document, type Element, onWarningStopParsing, XMLSerializer } from "@xmldom/xmldom";
import { requireXmlText } from "./characters.ts";
import { childrenOf, isText } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** libvirt never sends a longer text (4 MiB, REMOTE_STRING_MAX). */
const MAX_CHARACTERS = 4 * 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * Parses a document whose root must have the given name. Throws `XmlError` for text that is not well formed, for a DOCTYPE (no document of
 * libvirt has one, and entities could make small text large), for control characters and for absurd size or depth.
 */
export function parseDocument(xml: string, rootName: string): Element {
  if (xml.length > MAX_CHARACTERS)
    throw new XmlError(`Cannot read <${rootName}>: ${xml.length} characters, at most ${MAX_CHARACTERS} are read.`);
  const document = parse(xml, rootName);
  if (document.doctype) throw new XmlError(`Cannot read <${rootName}>: it has a DOCTYPE, must have none.`);
  const root = document.documentElement;
  if (root?.nodeName !== rootName) throw new XmlError(`Cannot read <${root?.nodeName}>: the root element must be <${rootName}>.`);
  requireSane(root, rootName, 1);
  return root;
}

function parse(xml: string, rootName: string): Document {
  try {
    return new DOMParser({ onError: onWarningStopParsing }).parseFromString(xml, "text/xml");
  } catch (error) {
    throw new XmlError(`Cannot read <${rootName}>: it is not well-formed XML.`, { cause: error });
  }
}

function requireSane(element: Element, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new XmlError(`Cannot read ${path}: elements are nested deeper than ${MAX_DEPTH}.`);
  for (const attribute of element.attributes) requireXmlText(attribute.value, `${path}/@${attribute.name}`);
  for (const node of element.childNodes) if (isText(node)) requireXmlText(node.nodeValue ?? "", path);
  for (const child of childrenOf(element)) requireSane(child, `${path}/${child.nodeName}`, depth + 1);
}

/** A new document's root element. */
export function createRoot(name: string): Element {
  const root = new DOMImplementation().createDocument(null, name).documentElement;
  if (!root) throw new XmlError(`Cannot create a document <${name}>.`);
  return root;
}

/** The element as XML text, without XML declaration. */
export const serialize = (element: Element): string => new XMLSerializer().serializeToString(element, { requireWellFormed: true });
