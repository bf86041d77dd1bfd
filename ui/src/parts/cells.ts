/** What the cells of a row say, and how they look. */
import type { ChipName, ColumnName, RowView } from "../ipc";
import { m } from "../messages";

const chips: Record<ChipName, string> = {
  recent: "ok check",
  idle: "clock",
  stale: "warn clock",
  new: "info plus",
  noUse: "info dash",
  unreadable: "dash",
  notReported: "dash",
  expired: "bad close",
  revoked: "bad close",
  thisApp: "info key",
};

/** The classes of a chip: its colour, and what is drawn in it. */
export const chipLook = (chip: ChipName) => `chip state ${chips[chip]}`;

interface Cell {
  readonly text: string;
  readonly title?: string | null;
  readonly look: string;
  /** A second line. */
  readonly note?: string | undefined;
}

/** The cell of a row in a column. */
export function cellOf(column: ColumnName, row: RowView): Cell {
  switch (column) {
    case "use":
      return { text: m.chips[row.chip], look: chipLook(row.chip) };
    case "createdBy":
      return {
        text: row.createdBy,
        title: row.createdBy,
        look: "secondary",
        note: row.creatorLeft ? m.creatorLeft : undefined,
      };
    case "place":
    case "scopes":
      return { text: row[column], title: row[column], look: "secondary" };
    case "created":
      return { ...row.created, look: "secondary" };
    default: {
      const { text, title, muted } = row[column];
      const never = column === "expires" ? "muted never" : "muted";
      return { text, title, look: muted ? never : "" };
    }
  }
}
