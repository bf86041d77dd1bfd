/** All text of the activity screen. */
import type { ActivityView } from "../ipc";
import { m } from "../messages";

export const t = {
  title: m.activity,
  verify: "Verify the journal",
  seal: "Last seal:",
  filter: "Filter by name, id, reason",
  count: ({ entries: { length: shown }, total, older }: ActivityView) => {
    const all = `${m.number(total)} ${total === 1 ? "entry" : "entries"}`;
    if (shown < total) return `${m.number(shown)} of ${all}, the newest first`;
    return older ? `${all}; older ones were not read` : all;
  },
  of: "Activity of",
  sources: { app: "This app", server: "The server" },
  texts: {
    app: "What this app did, and what was decided in it. Each entry is sealed with the one before.",
    server: "The newest entries of the server’s own log. It is not documented to tell of tokens.",
  },
  columns: {
    app: ["When", "What", "Token", "Details"],
    server: ["When", "What", "Who and on what", "Kind"],
  },
  ofTokens: "Token",
  more: "Show more",
  none: { app: "Nothing done here yet", server: "Nothing in the log" },
  noMatch: (older: boolean) =>
    older ? "No entry of those that were read matches" : "No entry matches",
  noneTexts: {
    app: "Tokens that are created, handed over, revoked or decided on appear here.",
    server: "The server’s log has nothing to show here.",
  },
};
