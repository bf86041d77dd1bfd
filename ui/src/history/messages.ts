/** All text about the history of use. What was seen is said by the shell, in UTC. */
import type { When } from "../ipc";
import { m } from "../messages";

const tokens = (n: number) => `${m.number(n)} ${n === 1 ? "token" : "tokens"}`;

export const h = {
  title: (since: string | null) => (since === null ? "Use" : `Use seen since ${since}`),
  bars: "Use over time",
  notReported: "This server does not report when tokens are used.",
  none: "No use recorded yet. Each refresh that gives a readable date adds to this.",
  usual: "Usual rhythm",
  notEnough: "Not enough seen to tell",
  news: {
    title: (since: string) => `Since your last visit, ${since}`,
    note: "What this app itself created or revoked is left out.",
    vanished: (n: number) =>
      `${tokens(n)} ${n === 1 ? "was" : "were"} removed: revoked elsewhere, or you lost access.`,
    seen: (when: string) => `Last in the list ${when}`,
    lastUsed: ({ text, muted }: When) => (muted ? text : `last used ${text}`),
    more: (n: number) => `And ${m.number(n)} more.`,
    show: (n: number) => `Show ${n === 1 ? "the new token" : `the ${m.number(n)} new tokens`}`,
    filter: (since: string) => `New since ${since}`,
  },
};
