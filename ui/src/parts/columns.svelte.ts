import type { SortName } from "../ipc";
import { columnsOf } from "./columns";
import type { ColumnName } from "./columns";

/** What stands beside the list, before anything is measured. */
const BESIDE = 216;
/** Narrower, the column has no room to draw the use of each token. */
const SPARKS_FROM = 160;

/** The columns of the list as it stands. */
export class Columns {
  /** How wide the list is, in pixels. */
  width = $state(innerWidth - BESIDE);
  readonly shown = $derived(columnsOf(this.width));
  readonly names: readonly ColumnName[] = $derived(this.shown.map(({ name }) => name));
  /** Their widths, as a style names them. */
  readonly tracks = $derived(this.shown.map(({ width }) => `${width}px`).join(" "));

  /** Whether there is room to draw the use of each token. */
  readonly sparks = $derived(
    this.shown.some(({ name, width }) => name === "lastUsed" && width >= SPARKS_FROM),
  );

  /** The column to sort by after this one. */
  after(sort: SortName): SortName {
    const all = (["name", ...this.names] as const).filter(sorts);
    return all[(all.indexOf(sort) + 1) % all.length] ?? "name";
  }
}

/** Whether the list can be sorted by it. */
export const sorts = (column: ColumnName | "name"): column is SortName => column !== "scopes";
