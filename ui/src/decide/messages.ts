/** All text of decisions. */
import type { DecisionKind } from "../ipc";

export const decideText = {
  titles: {
    keep: (about) => `Keep ${about}?`,
    askOwner: (about) => `Ask the owner of ${about}`,
    revokeBy: (about) => `Remind me to revoke ${about}`,
  } satisfies Record<DecisionKind, (about: string) => string>,
  text: "Current findings are muted until this date. New findings still show.",
  date: "Date…",
  kind: "Decision",
  kinds: { keep: "Keep", askOwner: "Ask owner", revokeBy: "Revoke later" } satisfies Record<
    DecisionKind,
    string
  >,
  hints: {
    keep: "Stays active. The reason appears in the audit report.",
    askOwner: "Copy a message to each owner. Findings are muted while you wait.",
    revokeBy: "You’ll be reminded on this date. Nothing is revoked automatically.",
  } satisfies Record<DecisionKind, string>,
  questions: "Messages",
  nobody: "Unknown creator",
  copy: "Copy message",
  copied: "Copied",
  until: { keep: "Keep until", askOwner: "Wait until", revokeBy: "Revoke on" } satisfies Record<
    DecisionKind,
    string
  >,
  days: (days: number) => (days === 365 ? "1 year" : `${days} days`),
  dateLabel: "Last day",
  expires: (when: string) => `Expiry: ${when}`,
  reason: "Reason",
  reasonHints: {
    keep: "Required. Saved in the journal and in reports.",
    askOwner: "Optional. Saved in the journal and in reports.",
    revokeBy: "Optional. Saved in the journal and in reports.",
  } satisfies Record<DecisionKind, string>,
  submit: { keep: "Keep", askOwner: "Mark as asked", revokeBy: "Remind me" } satisfies Record<
    DecisionKind,
    string
  >,
  done: {
    keep: (about) => `Kept ${about}.`,
    askOwner: (about) => `Marked ${about} as waiting for owner.`,
    revokeBy: (about) => `Reminder set to revoke ${about}.`,
  } satisfies Record<DecisionKind, (about: string) => string>,
};
