/** All text of bulk revokes. */
import type { BulkRevokeOutcomeName, OpenBulkRevokeView } from "../ipc";
import { count, number } from "../messages";

const outcomes: Record<BulkRevokeOutcomeName, string> = {
  revoked: "Revoked",
  alreadyGone: "Already gone",
  usedSince: "Skipped: used since",
  skipped: "Skipped: changed since",
  failed: "Not revoked",
  notReached: "Not processed",
};

export const bulkText = {
  title: (n: number) => `Revoke ${count(n, "token")}?`,
  text: "Each token is rechecked first, and skipped if it has been used in the meantime. Revoking takes effect immediately and can’t be undone.",
  planned: "Tokens to revoke",
  columns: ["Token", "Last used", "Findings"],
  tick: (name: string) => `Revoke “${name}”`,
  tickKept: (name: string) => `Revoke “${name}” anyway`,
  tickColumn: "Revoke",
  kept: (n: number) =>
    `${number.format(n)} of these ${n === 1 ? "is" : "are"} marked Keep. ${n === 1 ? "It" : "They"} won’t be revoked unless you check ${n === 1 ? "it" : "them"}.`,
  ownLeftOut: "This app’s own token isn’t included. Revoke it separately.",
  more: (n: number, more: number) =>
    `Showing the ${number.format(n)} longest-unused tokens. The other ${number.format(more)} ${more === 1 ? "stays" : "stay"} selected.`,
  inUse: (n: number, total: number) =>
    `${n === total && n > 1 ? "All" : number.format(n)} of these ${n === 1 ? "is in use or looks like a production token" : "are in use or look like production tokens"}. Make sure nothing depends on ${n === 1 ? "it" : "them"}.`,
  mayHaveOwn:
    "Entri Tokens may be signed in with one of these: the server doesn’t show which one. Revoking that one signs you out.",
  typeCount: (n: number) => `Type ${n} to confirm`,
  submit: (n: number) => `Revoke ${count(n, "token")}`,
  later: "Schedule for tomorrow",
  running: (n: number) => `Revoking ${count(n, "token")}…`,
  progress: (done: number, total: number) =>
    `${number.format(done)} of ${number.format(total)} done`,
  stop: "Stop",
  ended: (counts: readonly { outcome: BulkRevokeOutcomeName; n: number }[]) =>
    `Revoked ${number.format(counts.find(({ outcome }) => outcome === "revoked")?.n ?? 0)} of ${count(
      counts.reduce((sum, { n }) => sum + n, 0),
      "token",
    )}`,
  endedText: "Confirmed against a fresh list.",
  notCompared:
    "Not all of this could be confirmed against a fresh list. Refresh the list to check.",
  outcomes,
  copy: "Copy results",
  copied: "Copied the results.",
  openLabel: "Pending revocations",
  open: ({ at, due, total, left }: OpenBulkRevokeView) =>
    due === null
      ? `Bulk revoke from ${at} stopped with ${number.format(left)} of ${count(total, "token")} left.`
      : `${count(left, "token")} scheduled for revocation on ${due}. Nothing is revoked automatically.`,
  goOn: "Review…",
  leave: "Discard",
  callOff: "Cancel schedule",
};
