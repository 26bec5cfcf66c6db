import type { FilterDocument } from "@ferry/core";
import { baseFilterName, isSecurityFilter } from "@ferry/libvirt-xml";

/** Whether a filter guards one server, and was made of its security groups. */
export const isServersOwn = (name: string): boolean => isSecurityFilter(name) && name !== baseFilterName;

export type FilterMatch =
  | { readonly kind: "place" | "present"; readonly name: string }
  | { readonly kind: "missing-at-source" | "different"; readonly name: string };

/**
 * For each filter the guest needs: already there with equal rules, to be placed, or in the way. Referenced filters come first. One made of this
 * server's security groups that was left at the destination is out of date, and nobody else's: it is placed anew.
 */
export function matchFilters(
  source: Readonly<Record<string, FilterDocument | null>>,
  destination: Readonly<Record<string, FilterDocument | null>>,
): FilterMatch[] {
  return inDependencyOrder(source).map((name) => {
    const wanted = source[name];
    const there = destination[name];
    if (!wanted) return { kind: "missing-at-source", name };
    if (!there) return { kind: "place", name };
    if (there.rulesXml === wanted.rulesXml) return { kind: "present", name };
    return { kind: isServersOwn(name) ? "place" : "different", name };
  });
}

function inDependencyOrder(filters: Readonly<Record<string, FilterDocument | null>>): string[] {
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.includes(name) || path.includes(name) || !(name in filters)) return;
    for (const reference of filters[name]?.references ?? []) visit(reference, [...path, name]);
    ordered.push(name);
  };
  for (const name of Object.keys(filters).sort()) visit(name, []);
  return ordered;
}
