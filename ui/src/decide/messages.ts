/** All text of decisions. */
import type { DecisionName } from "../ipc";
import { count } from "../messages";

export const d = {
  titles: {
    keep: (about) => `Keep ${about}?`,
    askOwner: (about) => `Ask owner of ${about}`,
    planRevoke: (about) => `Schedule revocation of ${about}`,
  } satisfies Record<DecisionName, (about: string) => string>,
  text: "Current findings are muted until this date. New findings still show.",
  kind: "Decision",
  kinds: { keep: "Keep", askOwner: "Ask owner", planRevoke: "Revoke later" } satisfies Record<
    DecisionName,
    string
  >,
  hints: {
    keep: "Stays active. The reason appears in the audit report.",
    askOwner: "Copy a message to each owner. Findings are muted while you wait.",
    planRevoke: "You’ll be reminded on this date. Nothing is revoked automatically.",
  } satisfies Record<DecisionName, string>,
  questions: "Messages",
  nobody: "Unknown creator",
  copy: "Copy message",
  copied: "Copied",
  until: { keep: "Keep until", askOwner: "Wait until", planRevoke: "Revoke on" } satisfies Record<
    DecisionName,
    string
  >,
  days: (days: number) => (days === 365 ? "1 year" : `${days} days`),
  dateLabel: "Last day",
  expires: (when: string) => `Expiry: ${when}`,
  reason: "Reason",
  reasonHint: "Required to keep a token. Saved in the journal and in reports.",
  submit: { keep: "Keep", askOwner: "Mark as asked", planRevoke: "Schedule" } satisfies Record<
    DecisionName,
    string
  >,
  done: {
    keep: (about) => `Kept ${about}.`,
    askOwner: (about) => `Marked ${about} as waiting for owner.`,
    planRevoke: (about) => `Scheduled revocation of ${about}.`,
  } satisfies Record<DecisionName, (about: string) => string>,
  undone: (about: string) => `Decision about ${about} undone.`,
  quoted: (name: string) => `“${name}”`,
  several: (n: number) => count(n, "token"),
};
