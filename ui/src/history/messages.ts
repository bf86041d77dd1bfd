/** All text about the history of use. What was seen is reported by the shell, in UTC. */
import type { When } from "../ipc";
import { m } from "../messages";

const tokens = (n: number) => `${m.number(n)} ${n === 1 ? "token" : "tokens"}`;

export const historyText = {
  title: (since: string | null) => (since === null ? "Usage" : `Usage since ${since}`),
  bars: "Usage over time",
  notReported: "This server doesn’t report token usage.",
  none: "No usage recorded yet. Each refresh adds what the server reports.",
  usual: "Usage pattern",
  notEnough: "Not enough history yet",
  rehearsal: "If revoked",
  ago: (days: number) => `${days} days ago`,
  news: {
    title: (since: string) => `Since your last visit (${since})`,
    note: "Changes you made in this app aren’t counted.",
    vanished: (n: number) =>
      `${tokens(n)} ${n === 1 ? "was" : "were"} removed: revoked elsewhere, or you lost access.`,
    seen: (when: string) => `Last seen ${when}`,
    lastUsed: ({ text, muted }: When) => (muted ? text : `last used ${text}`),
    more: (n: number) => `and ${m.number(n)} more`,
    show: (n: number) => `Show ${n === 1 ? "the new token" : `${m.number(n)} new tokens`}`,
    filter: (since: string) => `New since ${since}`,
  },
};
