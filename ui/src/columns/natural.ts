/** Between what a cell says and the next column, in pixels. */
const GAP = 12;
/** What is drawn in a cell beside its text, with the room in front of it. */
const DRAWN = 92;

/** How wide a column must be for all that it says at present, head and rows. */
export function naturalWidth(column: number): number {
  const rows = [...document.querySelectorAll(".grid-head, .row:not([hidden])")];
  const widths = rows.map((row) => wide(row.children[column + 1]));
  return Math.ceil(Math.max(...widths)) + GAP;
}

function wide(cell: Element | undefined): number {
  if (cell === undefined) return 0;
  if (cell.matches(".chip")) return cell.getBoundingClientRect().width;
  const range = document.createRange();
  range.selectNodeContents(cell);
  return range.getBoundingClientRect().width + (cell.matches(".spark") ? DRAWN : 0);
}
