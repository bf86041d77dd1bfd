/** All text of the activity screen. */
import type { ActivityView, ActFilter, ServerActivityView } from "../ipc";
import { m } from "../messages";

const counted = (n: number) => `${m.number(n)} ${n === 1 ? "entry" : "entries"}`;
const acts = (n: number) => `${m.number(n)} ${n === 1 ? "action" : "actions"}`;

/** Kinds, not outcomes: an act that is scheduled or failed is one of them, too. */
const filters: Record<ActFilter, string> = {
  revoked: "Revocations",
  created: "Creations",
  delivered: "Deliveries",
  decisions: "Decisions",
  audits: "Audit",
  unfinished: "Unfinished",
};

export const activityText = {
  title: m.activity,
  number: m.number,
  text: "Everything done in this app, next to what the server logged. Tamper-evident: each entry is chained to the last.",
  verify: "Verify journal",
  seal: "Last hash:",
  copy: "Copy",
  exportCsv: "Export as CSV…",
  exportTitle: "Export activity",
  exportText: (filtered: boolean) =>
    `${filtered ? "Everything that matches the search and the filters" : "All activity"}, for spreadsheets. Times are in UTC. Safe to open in a spreadsheet.`,
  exportSubmit: "Export",
  exportedTo: (file: string) => `Activity exported to ${file}.`,
  by: (by: string | null) => (by === null ? "Done by: not recorded" : `Done by ${by}`),
  filter: "Name, ID, reason, day",
  /** On the name of a day. */
  day: "Show only this day",
  clear: "Clear",
  filters,
  kinds: "Show only",
  actions: "With all activity",
  /** How much is shown of what fits. */
  count: ({ shown, total, entries, zone }: ActivityView) => {
    if (entries === 0) return "No activity yet";
    if (total === 0) return "No matching entries";
    const all = shown < total ? `${m.number(shown)} of ${acts(total)}` : acts(total);
    return `${all} · times in ${zone}`;
  },
  /** With the zone where it is not said of the app's own acts. */
  logCount: ({ total, older }: ServerActivityView, zone: string | null) =>
    counted(total) +
    (older ? "; older ones weren’t loaded" : "") +
    (zone === null ? "" : ` · times in ${zone}`),
  of: "Activity for",
  sources: { both: "Both", app: "This app", server: "Server" },
  resolve: "Resolve…",
  steps: "Steps",
  /** Beside the number of an entry. */
  inJournal: "Entry in the journal",
  moreSteps: (n: number) => `${counted(n)} more`,
  moreOfLog: (n: number) => `${m.number(n)} more`,
  logEnded: "Older server entries weren’t loaded.",
  ofTokens: "Token",
  more: "Show more",
  most: ({ shown }: ActivityView) =>
    `Only the newest ${acts(shown)} are shown. Filter to see older ones.`,
  none: {
    both: "No activity yet",
    app: "No activity yet",
    server: "No server activity",
  },
  noMatch: (older: boolean) =>
    older ? "No matching entries in what was loaded" : "No matching entries",
  noneTexts: {
    both: "Creating, delivering and revoking tokens is recorded here.",
    app: "Creating, delivering and revoking tokens is recorded here.",
    server: "The server’s log is empty.",
  },
};
