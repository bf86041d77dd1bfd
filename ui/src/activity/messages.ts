/** All text of the activity screen. */
import type { ActivityView } from "../ipc";
import { m } from "../messages";

export const t = {
  title: m.activity,
  verify: "Verify journal",
  seal: "Last hash:",
  filter: "Filter by name, id, reason",
  count: ({ entries: { length: shown }, total, older }: ActivityView) => {
    const all = `${m.number(total)} ${total === 1 ? "entry" : "entries"}`;
    if (shown < total) return `${m.number(shown)} of ${all}`;
    return older ? `${all}; older ones weren’t loaded` : all;
  },
  of: "Activity for",
  sources: { app: "This app", server: "Server" },
  texts: {
    app: "Everything done in this app. Tamper-evident: each entry is chained to the last.",
    server: "Recent entries from the server’s log. It may not include token changes.",
  },
  columns: {
    app: ["When", "Event", "Token", "Details"],
    server: ["When", "Event", "Actor and target", "Type"],
  },
  ofTokens: "Token",
  more: "Show more",
  none: { app: "No activity yet", server: "No server activity" },
  noMatch: (older: boolean) =>
    older ? "No matching entries in what was loaded" : "No matching entries",
  noneTexts: {
    app: "Creating, delivering and revoking tokens is recorded here.",
    server: "The server’s log is empty.",
  },
};
