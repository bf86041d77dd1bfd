/** All text of what lays out the list. */
export const columnText = {
  columns: "Columns",
  columnWidth: (column: string) => `Width of ${column}`,
  panelWidth: "Width of details",
  left: "Move left",
  right: "Move right",
  atTheEnd: "There’s no column on that side.",
  reset: "Reset columns",
  noRoom: "doesn’t fit now",
  hint: "← → to move, Shift ← → to resize",
};
