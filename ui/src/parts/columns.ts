import type { RowView, SortName } from "../ipc";

export const columns: readonly SortName[] = ["name", "use", "expires", "created", "lastUsed"];

/** A column for which a wide list has room. */
export type ExtraColumn = keyof Pick<RowView, "place" | "createdBy" | "scopes">;

/** From which width of the list on, and how wide at least, in pixels. */
const extras: readonly { column: ExtraColumn; from: number; width: number; share: number }[] = [
  { column: "place", from: 1000, width: 152, share: 0.5 },
  { column: "createdBy", from: 1130, width: 130, share: 0.4 },
  { column: "scopes", from: 1250, width: 116, share: 0.3 },
];

/** The further columns of a list of this width, and the room they take as its style names it. */
export function extraColumns(width: number) {
  const there = extras.filter(({ from }) => width >= from);
  return {
    columns: there.map(({ column }) => column),
    tracks: there.map((column) => `minmax(${column.width}px, ${column.share}fr)`).join(" "),
  };
}
