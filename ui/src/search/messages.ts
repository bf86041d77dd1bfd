/** All text of what helps with a search. */
import type { FacetName, SavedView } from "../ipc";
import { m } from "../messages";

const facets: Record<FacetName, string> = {
  project: m.columns.project,
  scope: "Scope",
  creator: m.columns.createdBy,
};

const none: Record<FacetName, string> = {
  project: "No projects in these results",
  scope: "No scopes in these results",
  creator: "No creators in these results",
};

export const searchText = {
  clear: "Clear search",
  suggestions: "Suggestions",
  suggested: (n: number) => (n === 1 ? "1 suggestion" : `${m.number(n)} suggestions`),
  leftOut: "Ignored in results.",
  chosen: (facet: FacetName, values: readonly string[]) =>
    values.length === 0 ? facets[facet] : `${facets[facet]}: ${values.join(", ")}`,
  none,
  facets: "More filters",
  filterBy: (facet: FacetName) => `Filter by ${facet}`,
  more: (n: number, facet: FacetName) => `${m.number(n)} more. Type ${facet}: to search.`,
  filterValues: "Filter this list",
  noValue: "No matches",
  clearFacet: "Clear",
  help: "Search",
  helpNote: "Terms are combined. Suggestions appear as you type.",
  savedViews: "Saved views",
  noViews: "Save a search to pin it here.",
  saveView: "Save view…",
  viewName: "View name",
  save: "Save",
  viewMenu: "View options",
  /** The name, which may be cut, and what it searches for. */
  viewTitle: ({ name, text, problem }: SavedView) =>
    [name, problem ?? text].filter((it) => it !== "").join("\n"),
  changeView: (name: string) => `Options for “${name}”`,
  renameView: "Rename…",
  deleteView: "Delete",
  updateView: "Update to current search",
  updated: (name: string) => `Updated “${name}”.`,
  renamed: (before: string, name: string) => `Renamed “${before}” to “${name}”.`,
  deleted: (name: string) => `Deleted “${name}”.`,
};
