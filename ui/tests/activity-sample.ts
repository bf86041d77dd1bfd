/** What was done, as the shell tells it. */
import type { ActivityView, ActView, ServerActivityView } from "../src/ipc";
import { when } from "./samples";

export function activity(): ActivityView {
  const step = (number: number, says: string, detail = "") => ({
    number: `#${String(number)}`,
    at: when("14:02:29"),
    says,
    detail,
  });
  const kept: ActView = {
    id: "1-3",
    at: when("14:06"),
    kind: "decision",
    before: "Kept",
    name: "token-3",
    token: "t-3",
    after: "until 24 Feb 2027: “used yearly”",
    outcome: { tone: "plain", says: "Decided" },
    by: "mira@acme.example",
    steps: [step(3, "Kept", "until 24 Feb 2027 · used yearly")],
    more: 0,
  };
  const revoked: ActView = {
    ...kept,
    id: "1-1",
    kind: "revoke",
    before: "Revoked",
    name: "old",
    token: "t-1",
    after: "",
    outcome: { tone: "good", says: "Done" },
    by: null,
    steps: [step(1, "Revoking"), step(2, "Revoked")],
  };
  const days = [
    { day: "2026-11-24", name: "Today", date: "Tuesday, 24 November", done: [kept] },
    { day: "2026-11-23", name: "Yesterday", date: "Monday, 23 November", done: [revoked] },
  ];
  const counts = (
    ["revoked", "created", "delivered", "decisions", "audits", "unfinished"] as const
  ).map((filter) => ({ filter, count: filter === "revoked" || filter === "decisions" ? 1 : 0 }));
  return { days, shown: 2, total: 2, entries: 3, counts, zone: "UTC" };
}

/** What a server's log says where it has nothing to say. */
export const noLog: ServerActivityView = { days: [], total: 0, older: false, problems: [] };
