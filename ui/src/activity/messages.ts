/** All text of the activity screen. */
import { m } from "../messages";

export const t = {
  title: m.activity,
  text: "What this app did, and what was decided in it. Each entry is sealed with the one before.",
  verify: "Verify the journal",
  seal: "Last seal:",
  filter: "Filter by name, id, reason",
  count: (shown: number, total: number) =>
    shown < total
      ? `${m.number(shown)} of ${m.number(total)} entries, the newest first`
      : `${m.number(total)} ${total === 1 ? "entry" : "entries"}`,
  columns: ["When", "What", "Token", "Details"],
  more: "Show more",
  none: "Nothing done here yet",
  noMatch: "No entry matches",
  noneText: "Tokens that are created, handed over, revoked or decided on appear here.",
};
