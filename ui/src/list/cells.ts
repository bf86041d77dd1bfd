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
  /** A shape of its uses, which is drawn below the text. */
  readonly spark?: string;
}

/** The cell of a row in a column; `spark` is the shape of its uses, if it is known. */
export function cellOf(column: ColumnName, row: RowView, spark: string): Cell {
  switch (column) {
    case "use":
      if (row.leaked) return { text: m.leaked, title: m.leakedTitle, look: "chip state bad alert" };
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
    case "expires":
      return dated(row.expires, "muted never");
    case "lastUsed": {
      const cell = dated(row.lastUsed, "muted");
      return spark === "" ? cell : { ...cell, look: `${cell.look} spark`, spark };
    }
  }
}

function dated({ text, title, muted }: RowView["expires"], look: string): Cell {
  return { text, title, look: muted ? look : "" };
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
