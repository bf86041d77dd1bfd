/** All text of what is unresolved. */
import type { UnresolvedKind } from "../ipc";

export const unresolvedText = {
  label: "Tokens that need a decision",
  kinds: {
    unclear:
      "The server never confirmed this token, so it may exist. Each refresh checks for it; it won’t be created twice. Once dismissed, it isn’t looked for again.",
    valueLost:
      "This token was created, but its value never arrived. Revoke it and create a new one.",
    neverDelivered:
      "This token is active, but its value was never copied or delivered before the app closed. Revoke it, unless you saved the value yourself.",
  } satisfies Record<UnresolvedKind, string>,
  perhaps:
    "The server never confirmed this token, and no token has its name. A server may change the name, so any new token could be it. Revoke the ones nobody recognizes, or keep them.",
  revoke: "Revoke…",
  keep: "Keep token",
  check: "Check again",
  dismiss: "Dismiss",
};
