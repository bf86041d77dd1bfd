/** What the cells of a row say, and how they look. */
import type { ColumnName, FoundView, RowView } from "../ipc";
import { m } from "../messages";
import { chipLook } from "../widgets/chip";

interface Cell {
  readonly text: string;
  readonly title?: string | null | undefined;
  readonly look: string;
  /** A second line. */
  readonly note?: string | undefined;
}

/** The cell of a row in a column. */
export function cellOf(column: ColumnName, row: RowView): Cell {
  switch (column) {
    case "use":
      if (row.rotation !== null) {
        const look = row.rotation === "old" ? "clock" : "plus";
        return { text: m.rotating[row.rotation], look: `chip state info ${look}` };
      }
      return { text: m.chips[row.chip], title: m.chipTitles[row.chip], look: chipLook(row.chip) };
    case "createdBy":
      return {
        text: row.createdBy,
        title: row.createdBy,
        look: "secondary",
        note: row.creatorLeft ? m.creatorLeft : undefined,
      };
    case "project":
    case "scopes":
      return { text: row[column], title: row[column], look: "secondary" };
    case "findings":
      return found(row.findings);
    case "created":
      return { ...row.created, look: "secondary" };
    default: {
      const { text, title, muted } = row[column];
      const never = column === "expires" ? "muted never" : "muted";
      return { text, title, look: muted ? never : "" };
    }
  }
}

/** The worst finding, and how many there are beside it; the tooltip has them all. */
function found(findings: readonly FoundView[] | null): Cell {
  const [worst, ...others] = findings ?? [];
  if (findings === null || worst === undefined)
    return { text: findings === null ? m.notKnown : m.noFindings, look: "muted" };
  const said = ({ severity, title }: FoundView) => `${m.details.severities[severity]}: ${title}`;
  return {
    text: worst.title,
    title: findings.map(said).join("\n"),
    look: `worst ${worst.severity}`,
    note: others.length > 0 ? m.moreFindings(others.length) : undefined,
  };
}
