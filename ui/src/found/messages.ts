/** All text about values that were found. */
import type { Sureness } from "../ipc";

const sureness: Record<Sureness, string> = {
  certain: "Certain",
  likely: "Likely",
  chosen: "Your choice",
};

export const foundText = {
  title: "I found a token",
  text: "Paste a value that turned up in a ticket, a log or a repository, and see whose it is. Then revoke it and prove that it’s dead.",
  paste: "Paste what you found…",
  another: "Another value…",
  values: "Values that you found",
  value: (at: number) => `Value ${at}`,
  titles: {
    unknown: "Whose value is this?",
    live: (name: string) => `“${name}” is exposed`,
    revoked: (name: string) => `“${name}” is revoked`,
    dead: (name: string) => `“${name}” is revoked and proven dead`,
  },
  took: (seconds: number, dead: boolean) =>
    `${seconds} ${seconds === 1 ? "second" : "seconds"} from found to ${dead ? "proven" : "revoked"}. Every step is sealed in the journal.`,
  unknown: "Nothing is guessed: test the value, or choose its token yourself.",
  live: "Revoke it first, and replace it afterwards. Whoever has the value can use it until then.",
  found: "Found value",
  kept: "Held in memory only",
  notKept: "Value not kept",
  forget: "Forget value…",
  forgetTitle: "Forget this value?",
  forgetText: "To test it or prove that it’s refused, you’d have to paste it again.",
  forgetSubmit: "Forget value",
  stands: {
    unknown: "Nobody knows yet whose value this is, and nothing was revoked.",
    live: (name: string) => `“${name}” isn’t revoked: whoever has the value can use it.`,
  },
  sureness,
  revoked: "Revoked",
  test: (label: string) => `Test it on ${label}`,
  testing: "Testing…",
  testText: "One request with the value, to this server only. That counts as a use of its token.",
  narrowed: "It may be one of these",
  others: "Tokens without a fingerprint, latest use first",
  choose: (name: string) => `Choose “${name}”`,
  timeline: "Timeline",
  utc: "UTC · ± 1 s",
  second: "Second proof",
  secondIn: (seconds: number) => `in ${seconds} s`,
  proofs: [
    ["Your own sign-in", "accepted", "the server is reachable"],
    ["The found value", "401", "refused"],
    ["A made-up value, same length", "401", "same answer: unknown token"],
  ],
  snapshot: "Before the revoke",
  revoke: "Revoke…",
  confirm: (name: string) => `Revoke “${name}” now?`,
  consequence:
    "Its value was found, so no name has to be typed. Requests using this token will fail immediately. This can’t be undone.",
  own: "Entri Tokens is signed in with this token. Revoking it signs you out.",
  submit: "Revoke now",
  busy: "Revoking…",
  left: "What’s left",
  done: (done: number, all: number) => `${done} of ${all} done`,
  tasks: {
    replace: ["Replace it", "Create a token like it, then change the places that used it."],
    tell: ["Tell its owner", "Its value was found, and it no longer works."],
  },
  replace: "Replace…",
  markDone: "Mark as done",
  isDone: "Done",
  questions: "Open questions",
  record: "Goes into the record",
  export: "Export record…",
  exportText:
    "All steps with their times in UTC and their seals. Never the value. Choose .md, .json or .csv by the file’s ending.",
  exportSubmit: "Save record",
  exported: (file: string) => `Saved the record to ${file}.`,
  copyMessage: "Copy message",
  copied: "Copied the message.",
  close: "Close incident…",
  closeTitle: "Close this incident?",
  closeText:
    "Its steps stay in Activity, and the value is forgotten. You can’t export its record afterwards.",
  closeSubmit: "Close incident",
  entries: (entries: string) => `Journal entries ${entries}`,
  open: (incidents: number) =>
    incidents === 1
      ? "A value was found and isn’t dealt with yet."
      : `${incidents} values were found and aren’t dealt with yet.`,
  goOn: "Go on…",
};
