/** All text of a new token and of its delivery. */
import type { ClipboardStateView } from "../ipc";

const clipboard: Record<ClipboardStateView, string> = {
  cleared: "Clipboard cleared. You can copy again until you close this dialog.",
  replaced: "You copied something else, so the clipboard was left alone.",
  failed: "Couldn’t clear the clipboard. Copy something else to overwrite the token.",
};

/** How what shows a new token was closed: on purpose, by Escape or without the value, or with the token revoked. */
export type Ending = "done" | "left" | "revoked";

export const newTokenText = {
  notCopied: (name: string) => `Created “${name}”. Not copied yet.`,
  copied: (name: string, time: string) => `Created “${name}”. Copied at ${time}.`,
  delivered: (name: string, time: string) => `Created “${name}”. Delivered at ${time}.`,
  once: "You’ll see this value only once. Copy it before you close this dialog.",
  unreadable: "Unexpected response from Entri. The raw response is kept here until you close.",
  value: "Token value",
  hold: "Hold to reveal",
  copy: "Copy",
  copyAgain: "Copy again",
  clipboardHint: (seconds: number) =>
    seconds === 0
      ? "A copy is kept out of clipboard history. It stays on the clipboard until you quit."
      : `A copy is kept out of clipboard history and cleared after ${seconds} seconds. Paste it before you quit.`,
  checked: (left: number, seconds: number) =>
    `Copied and verified. ${seconds === 0 ? "Stays until you quit." : `Clears in ${left} s.`}`,
  clipboard,
  close: "Close…",
  done: "Done",
  nobody: (name: string) => `“${name}” hasn’t been copied.`,
  nobodyText:
    "Once you close this dialog, its value is lost. The token stays active until it is revoked.",
  revokeNow: "Revoke token now",
  closeAnyway: "Close without copying",
  had: "You won’t see this value again once you close this dialog.",
  back: "Back",
};

export const deliveryText = {
  title: "Or deliver it without the clipboard",
  ways: { file: "Save to file…", program: "Send to command…", snippet: "Show code snippet" },
  fields: { file: "File", program: "Command" },
  hints: {
    file: "Readable only by you. Can’t save inside a Git or other repository.",
    program:
      "The token is piped to stdin, without a shell unless the command starts one. The program has no terminal to ask you anything, so sign in to it first. Its output is shown here, with the value hidden where it is recognized.",
  },
  submit: { file: "Save", program: "Send", snippet: "Copy snippet" },
  busy: { file: "Saving…", program: "Sending…", snippet: "Copying…" },
  copied: "Copied",
  now: "Delivered to",
};
