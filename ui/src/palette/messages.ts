/** All text of the palette. */
import type { Sort } from "../ipc";
import { count, m } from "../messages";

export const paletteText = {
  title: "Commands",
  placeholder: "Search commands, tokens and views",
  /** The acts of one token. */
  actionsFor: (name: string) => `Actions for “${name}”`,
  results: "Results",
  recent: "Recent",
  commands: "Commands",
  tokens: "Tokens",
  views: "Views",
  connections: "Connections",
  none: "No matches",
  matches: (n: number) => count(n, "match", "matches"),
  choose: "choose",
  run: "run",
  actions: "actions for a token",
  savedView: (found: string) => `Saved view · ${found}`,
  selected: (n: number) => `${m.number(n)} selected`,
  sortBy: {
    name: "Sort by name",
    project: "Sort by project",
    createdBy: "Sort by creator",
    use: "Sort by usage",
    expires: "Sort by expiry",
    created: "Sort by creation date",
    lastUsed: "Sort by last use",
  } satisfies Record<Sort, string>,
};
