/** What is drawn for each of several things: by place, or by a key that cannot come twice. */
import { readFileSync, readdirSync } from "node:fs";

import { parse } from "svelte/compiler";
import { expect, test } from "vitest";

/**
 * The keys that are not a place: each is a constant of the page's own, or a number or name that the core
 * made and gives once. What a server or an admin chose is none: it may come twice, and then nothing of
 * the screen is drawn.
 */
const UNIQUE = [
  // The page's own.
  "auditText.columns (column)",
  "bulkText.columns (column)",
  '["name", ...columns] as const (column)',
  "layout.names (column)",
  "cards (name)",
  "choices (choice)",
  "items (item.label)",
  "edges (name)",
  "facets (facet)",
  "formats (format)",
  "keys (key)",
  "list.slotsFrom(begin) (slot)",
  "all (id)",
  "COLORS (number)",
  "notices.items (notice.id)",
  "recipes (recipe.label)",
  "screens (name)",
  "sections (name)",
  "t.facts(proxy, version) (name)",
  "all (seconds)",
  "[-1, 1] as const (by)",
  "suggested (scope)",
  "t.columns (column)",
  "signInText.promises (title)",
  "TICKS (days)",
  "week (day.getTime())",
  "ways (each)",
  "WAYS (way)",
  "weeks[0] (day.getTime())",
  "days (day)",
  "view.counts (filter)",
  "tasks (task)",
  "text.proofs (what)",
  // The core's: numbers of its own, rules, settings, presets, places it looks in.
  "bars (label)",
  "places (place.id)",
  "act.steps (number)",
  "acts (act.id)",
  "choices (label)",
  "connections (id)",
  "ends (`${id.connection} ${id.attempt}`)",
  "findings (rule)",
  "kept?.folders ?? [] (what)",
  "incidents (`${id.connection} ${id.number}`)",
  "meant (connection.id)",
  "open (`${bulkRevoke.connection} ${bulkRevoke.number}`)",
  "policy.presets (preset.name)",
  "policy.settings (key)",
  "rehearsals (days)",
  "rotations (`${of.id.connection} ${of.id.number}`)",
  "saved.views (view.id)",
  "shown (token.fingerprint)",
  "signIn.cliTokens (token.place)",
  "status.connections (id)",
  "status.connections (other.id)",
  "terms (example)",
];

interface Node {
  type: string;
  start: number;
  end: number;
}
type Each = Node & { expression: Node; key?: Node | null; index?: string };

/** Every list that a component draws, as `what is drawn (key)`, but for those keyed by their place. */
function keyed(source: string): string[] {
  const found: string[] = [];
  const said = ({ start, end }: Node) => source.slice(start, end);
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== "object" || node === null) return;
    const each = node as Each;
    if (each.type === "EachBlock") {
      const key = each.key ? said(each.key) : null;
      if (key === null || key !== each.index) found.push(`${said(each.expression)} (${key})`);
    }
    Object.values(node).forEach(look);
  };
  look(parse(source, { modern: true }).fragment);
  return found;
}

const components = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".svelte"),
);

test("nothing that others chose is a key", () => {
  const found = components.flatMap((file) => keyed(readFileSync(`src/${file}`, "utf8")));
  expect([...new Set(found)].sort()).toEqual([...UNIQUE].sort());
});
