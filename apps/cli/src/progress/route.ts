import { escapeControls } from "../output/escape.ts";
import type { MoveView } from "./move-view.ts";

const hostText = (host: string | null): string => (host === null ? "?" : escapeControls(host));

/** `compute1 → compute2`; `?` stands for a host that is not chosen yet or not shown to this caller. */
export const routeText = ({ migration }: MoveView): string =>
  `${hostText(migration.source_host)} → ${hostText(migration.destination_host)}`;
