/** All text of what helps with a search. */
import type { FacetName } from "../ipc";
import { m } from "../messages";

const facets: Record<FacetName, string> = {
  project: "Project",
  scope: "Scope",
  creator: "Creator",
};

const none: Record<FacetName, string> = {
  project: "No token is found.",
  scope: "None of the tokens found lists a scope.",
  creator: "None of the tokens found names its creator.",
};

export const s = {
  suggestions: "What can come next",
  suggested: (n: number) => (n === 1 ? "1 suggestion" : `${m.number(n)} suggestions`),
  leftOut: "The list is shown without this word.",
  chosen: (facet: FacetName, values: readonly string[]) =>
    values.length === 0 ? facets[facet] : `${facets[facet]}: ${values.join(", ")}`,
  none,
  filterBy: (facet: FacetName) => `Filter by ${facet}`,
  more: (n: number, facet: FacetName) =>
    `${m.number(n)} more: type ${facet}: in the search to find them.`,
  help: "Search",
  helpNote: "All words count together. What can come next is offered while you type.",
  savedViews: "Saved views",
  noViews: "Search or filter, then save it here.",
  saveView: "Save view…",
  viewName: "Name of the view",
  save: "Save",
  changeView: (name: string) => `Change “${name}”`,
  renameView: "Rename…",
  deleteView: "Delete",
  renamed: (before: string, name: string) => `Renamed “${before}” to “${name}”.`,
  deleted: (name: string) => `Deleted the view “${name}”.`,
};
