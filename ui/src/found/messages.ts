/** All text about values that were found. */
import type { Sureness } from "../ipc";

const sureness: Record<Sureness, string> = {
  certain: "Certain",
  likely: "Likely",
  chosen: "Your choice",
};

/** What comes after the first proof. */
const secondProof = {
  follows: "A second proof follows.",
  missing: "The second proof, a minute later, wasn’t made. Prove it once more to be sure.",
  none: "Every step is recorded in the journal, in order.",
};

export const foundText = {
  title: "I found a token",
  text: "Paste a value that turned up in a ticket, a log, or a repository to find its token. Then revoke it and prove that it’s dead.",
  paste: "Paste what you found…",
  another: "Another value…",
  values: "Found values",
  value: (at: number) => `Value ${at}`,
  titles: {
    unknown: "Whose value is this?",
    live: (name: string) => `“${name}” is exposed`,
    revoked: (name: string) => `“${name}” is revoked`,
    dead: (name: string) => `“${name}” is revoked and proven dead`,
  },
  took: (seconds: number, dead: boolean, next: keyof typeof secondProof) =>
    `${seconds} ${seconds === 1 ? "second" : "seconds"} from found to ${dead ? "proven" : "revoked"}. ${secondProof[next]}`,
  unknown: "Test the value to find its token, or choose the token yourself.",
  unknownPaste: "Paste the value to find its token, or choose the token yourself.",
  live: "Revoke it first, then replace it. Until then, whoever has the value can use it.",
  found: "Found value",
  kept: "Held in memory only",
  notKept: "Value not kept",
  prove: "Prove it’s dead",
  proveBy: "Paste it to prove it’s dead…",
  forget: "Forget value…",
  forgetTitle: "Forget this value?",
  forgetText: "To test it again, you’d have to paste it again.",
  forgetSubmit: "Forget value",
  stands: {
    unknown: "Nothing was revoked: nobody knows whose value this is.",
    live: (name: string) => `“${name}” isn’t revoked: whoever has the value can use it.`,
  },
  sureness,
  revoked: "Revoked",
  test: (label: string) => `Test it on ${label}`,
  testing: "Testing…",
  testText:
    "Sends one request with the value, to this server only. It counts as a use of the token.",
  narrowed: "It may be one of these",
  others: "Tokens whose value this app never had, latest use first",
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
  snapshot: "Before it was revoked",
  revoke: "Revoke…",
  confirm: (name: string) => `Revoke “${name}” now?`,
  consequence:
    "It leaked, so you don’t have to type its name. Requests using this token will fail immediately. This can’t be undone.",
  own: "Entri Tokens is signed in with this token. Sign in with a new token first; otherwise, revoking this one signs you out.",
  move: "Sign in with a new token",
  submit: "Revoke now",
  busy: "Revoking…",
  left: "What’s left",
  done: (done: number, all: number) => `${done} of ${all} done`,
  tasks: {
    replace: ["Replace it", "Create a token like it, then update the places that used it."],
    tell: ["Tell its owner", "The message says that the value leaked and the token is revoked."],
  },
  replace: "Replace…",
  markDone: "Mark as done",
  isDone: "Done",
  exposure: "Exposure",
  window: "Exposed for",
  sinceUnknown: "an unknown time",
  enterSince: "Enter a date under “Exposed since”, such as 2026-03-11, to see how it was used.",
  questions: "Open questions",
  record: "Goes into the record",
  export: "Export record…",
  exportTitle: "Export record",
  exportText:
    "All steps with their times in UTC and their seals. Never the value. The file’s extension decides the format: .md, .json or .csv.",
  exportSubmit: "Save record",
  exported: (file: string) => `Saved the record to ${file}.`,
  copyMessage: "Copy message",
  copied: "Copied the message.",
  close: "Close incident…",
  closeTitle: "Close this incident?",
  notDone: (dead: boolean, waits: boolean, done: number) =>
    [
      dead ? "" : "The value isn’t proven dead.",
      waits && "The second proof is still to come.",
      ["Its replacement and the message to its owner are still open.", "One task is still open."][
        done
      ],
    ]
      .filter(Boolean)
      .join(" "),
  closeText:
    "The value is forgotten, and you can’t export the record afterwards. The steps stay in Activity.",
  closeSubmit: "Close incident",
  open: (incidents: number) =>
    incidents === 1 ? "One incident is still open." : `${incidents} incidents are still open.`,
  goOn: "Continue…",
};
