/** All text of decisions. */
import type { DecisionName } from "../ipc";
import { count } from "../messages";

export const d = {
  title: (about: string) => `What happens with ${about}?`,
  text: "What is found now counts no more until the day is over. What is found later does.",
  kind: "Decision",
  kinds: { keep: "Keep", askOwner: "Owner asked", planRevoke: "Revoke later" } satisfies Record<
    DecisionName,
    string
  >,
  hints: {
    keep: "It stays as it is. An auditor reads the reason in the report.",
    askOwner: "Send each person the question, and wait for the answer.",
    planRevoke: "It is to go by that day. Nothing is revoked by itself.",
  } satisfies Record<DecisionName, string>,
  questions: "Questions to copy",
  nobody: "Whoever made them is not known",
  copy: "Copy the question",
  copied: "Copied",
  until: "For how many days",
  reason: "Reason",
  reasonHint: "Kept in this app’s journal and in reports. Needed to keep a token.",
  submit: { keep: "Keep it", askOwner: "Note it", planRevoke: "Plan it" } satisfies Record<
    DecisionName,
    string
  >,
  done: {
    keep: (about) => `Kept: ${about}.`,
    askOwner: (about) => `Noted that the owner was asked: ${about}.`,
    planRevoke: (about) => `To be revoked later: ${about}.`,
  } satisfies Record<DecisionName, (about: string) => string>,
  quoted: (name: string) => `“${name}”`,
  several: (n: number) => count(n, "token"),
};
