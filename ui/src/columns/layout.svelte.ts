import * as ipc from "../ipc";
import type { ColumnName, LayoutView, Sort } from "../ipc";
import { columnsOf } from "./columns";

/** What stands beside the list, before anything is measured. */
const BESIDE = 216;
/** Narrower, the column has no room to draw the use of each token. */
const SPARKS_FROM = 160;

/** How the list and what is beside it are laid out. */
export class Layout {
  /** How wide the list is, in pixels. */
  width = $state(innerWidth - BESIDE);
  /** What was chosen: which columns, in which order and how wide, and the width of the panel. */
  kept = $state.raw<LayoutView>({ columns: [], panel: null });

  readonly shown = $derived(columnsOf(this.width, this.kept.columns));
  readonly names: readonly ColumnName[] = $derived(this.shown.map(({ name }) => name));
  /** The widths of the columns, as a style names them. */
  readonly tracks = $derived(this.shown.map(({ width }) => `${width}px`).join(" "));
  /** Whether there is room to draw the use of each token. */
  readonly sparks = $derived(
    this.shown.some(({ name, width }) => name === "lastUsed" && width >= SPARKS_FROM),
  );

  /** Done once what was to be kept so far is kept. */
  #keeping = Promise.resolve();

  constructor(kept: LayoutView) {
    this.kept = kept;
  }

  /** Keeps it for the next start. One call waits for the one before: calls can overtake each other. */
  keep(failed: (thrown: unknown) => void): void {
    this.#keeping = this.#keeping
      .then(() => ipc.call.windowKeepLayout(this.kept))
      .then(() => undefined, failed);
  }

  /** The column to sort by after this one. */
  after(sort: Sort): Sort {
    const all = (["name", ...this.names] as const).filter(sorts);
    return all[(all.indexOf(sort) + 1) % all.length] ?? "name";
  }
}

/** Whether the list can be sorted by it. */
export const sorts = (column: ColumnName | "name"): column is Sort =>
  column !== "scopes" && column !== "findings";
