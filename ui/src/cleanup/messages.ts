/** All text of clean-ups. */
import type { CleanupOutcomeName, OpenCleanupView } from "../ipc";
import { count, number } from "../messages";

const outcomes: Record<CleanupOutcomeName, string> = {
  revoked: "Revoked",
  alreadyGone: "Already gone",
  usedSince: "Skipped: used since",
  skipped: "Skipped: not as planned",
  failed: "Not revoked",
  notReached: "Not reached",
};

export const c = {
  title: (n: number) => `Revoke ${count(n, "token")}?`,
  text: "Each is looked at again just before: one that was used since is left as it is. Requests with a revoked token fail at once, and that cannot be undone.",
  planned: "Planned tokens",
  columns: ["Token", "Last used", "Why"],
  addKept: "Revoke it all the same",
  kept: (n: number) =>
    `Somebody decided to keep ${count(n, "token")} of these. ${n === 1 ? "It stays" : "They stay"} unless you tick ${n === 1 ? "it" : "each"}.`,
  ownLeftOut: "This app’s own token is left out: it is revoked by itself only.",
  more: (n: number, more: number) =>
    `These ${number.format(n)} were quiet the longest. ${count(more, "more token")} ${more === 1 ? "stays" : "stay"} selected for a plan after this.`,
  inUse: (n: number) =>
    `${number.format(n)} of these tokens ${n === 1 ? "is" : "are"} in use, or labelled production. Make sure that nothing needs what you revoke.`,
  mayHaveOwn:
    "The token that this app signs in with may be among these: the server does not show which one it is. Once it is revoked, the app can do nothing here until you sign in again.",
  typeCount: (n: number) => `Type the number of tokens, ${n}, to confirm`,
  submit: (n: number) => `Revoke ${count(n, "token")}`,
  later: "In 24 hours…",
  scheduled: "Planned for in 24 hours. The app asks then, and it can be called off until then.",
  running: (n: number) => `Revoking ${count(n, "token")}…`,
  progress: (done: number, total: number) =>
    `${number.format(done)} of ${number.format(total)} done`,
  stop: "Stop before the next one",
  ended: (counts: readonly { outcome: CleanupOutcomeName; n: number }[]) =>
    counts
      .map(({ outcome, n }) => `${number.format(n)} ${outcomes[outcome].toLowerCase()}`)
      .join(", "),
  endedUnseen: "The clean-up ended. See Activity for each token.",
  endedText: "Compared with lists that were loaded after the last one.",
  notCompared:
    "Not all of this could be compared with a list that was loaded afterwards. Refresh the list to see what is there.",
  outcomes,
  openLabel: "Clean-ups to go on with",
  open: ({ at, due, total, left }: OpenCleanupView) =>
    due === null
      ? `A clean-up of ${count(total, "token")} from ${at} was not finished: ${number.format(left)} left.`
      : `${count(left, "token")} planned at ${at} to be revoked ${due}. Nothing is revoked by itself: go on when it is time.`,
  goOn: "Go on…",
  leave: "Leave the rest",
  callOff: "Call it off",
};
