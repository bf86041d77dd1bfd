/** What a person changes about the layout of the list; each change is kept for the next start. */
import * as ipc from "../ipc";
import type { ColumnName, ColumnView, LayoutView } from "../ipc";
import { notices } from "../notices.svelte";
import { arranged } from "./columns";
import type { Layout } from "./layout.svelte";

/** Changes the layout and keeps it. */
export function change(layout: Layout, to: Partial<LayoutView> = {}): void {
  layout.kept = { ...layout.kept, ...to };
  layout.keep((thrown) => notices.warn(ipc.failure(thrown).message));
}

/** Every column as it is kept, from left to right. */
const allOf = (layout: Layout): ColumnView[] =>
  arranged(layout.kept.columns).map(({ name, shown, width }) => ({ name, shown, width }));

/** Shows a column wherever there is room for it, or takes it away. */
export function show(layout: Layout, name: ColumnName, shown: boolean): void {
  const columns = allOf(layout).map((it) => (it.name === name ? { ...it, shown } : it));
  change(layout, { columns });
}

/** The column that one changes places with, a step to the left or to the right. */
export const neighbor = ({ names }: Layout, name: ColumnName, step: 1 | -1) =>
  names.includes(name) ? names[names.indexOf(name) + step] : undefined;

/** Moves a column past the next one that is shown. */
export function move(layout: Layout, name: ColumnName, step: 1 | -1): void {
  const other = neighbor(layout, name, step);
  const moved = allOf(layout).find((it) => it.name === name);
  if (other === undefined || moved === undefined) return;
  const columns = allOf(layout).filter((it) => it !== moved && it.name !== name);
  const at = columns.findIndex((it) => it.name === other);
  columns.splice(step > 0 ? at + 1 : at, 0, moved);
  change(layout, { columns });
}

/** Gives a column a width in pixels, or its usual one. It is kept once that is asked for. */
export function size(layout: Layout, name: ColumnName, width: number | null): void {
  const columns = allOf(layout).map((it) => (it.name === name ? { ...it, width } : it));
  layout.kept = { ...layout.kept, columns };
}
