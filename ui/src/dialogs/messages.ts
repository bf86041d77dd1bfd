/** Text of what is loaded once the first rows are painted. */
import type { LooseEndName } from "../ipc";

export const words = {
  panel: { previous: "Previous token", next: "Next token" },

  looseEnds: {
    label: "Tokens that need a decision",
    kinds: {
      unclear:
        "The server never confirmed this token, so it may exist. Each refresh checks for it; it won’t be created twice. Once dismissed, it isn’t looked for again.",
      valueLost:
        "This token was created, but its value never arrived. Revoke it and create a new one.",
      neverHandedOver:
        "This token is active, but its value was never copied or delivered before the app closed. Revoke it, unless you saved the value yourself.",
    } satisfies Record<LooseEndName, string>,
    perhaps:
      "The server never confirmed this token, and no token has its name. A server may change the name, so any new token could be it. Revoke the ones nobody recognizes, or keep them.",
    revoke: "Revoke…",
    keep: "Keep token",
    check: "Check again",
    dismiss: "Dismiss",
  },

  handOver: {
    title: "Or deliver it without the clipboard",
    ways: { file: "Save to file…", program: "Send to command…", snippet: "Show code snippet" },
    fields: { file: "File", program: "Command" },
    hints: {
      file: "Readable only by you. Folders under version control (with .git or similar above them) are refused.",
      program:
        "The token is piped to stdin, without a shell. Its output is shown here, with the value hidden where it is recognized.",
    },
    submit: { file: "Save", program: "Send", snippet: "Copy snippet" },
    busy: "Sending…",
    copied: "Copied",
    now: "Delivered to",
  },

  revoke: {
    title: (name: string) => `Revoke “${name}”?`,
    consequence: "Requests using this token will fail immediately. This can’t be undone.",
    production: "Its name says production.",
    unreadable: "Its dates can’t be read, so it may be in use.",
    used: (when: string) => `Used ${when}.`,
    replaceFirst: "Make sure its replacement works before you revoke it.",
    own: "Entri Tokens is signed in with this token. Revoking it signs you out.",
    mayBeOwn:
      "Entri Tokens may be signed in with this token: the server doesn’t show which one it is. Make sure nothing needs it before you revoke it.",
    submitOwn: "Revoke this app’s token",
    usedSince: "This token was used after the list was loaded.",
    /** Around what is to be typed. */
    typeName: ["Type", "to confirm"],
    typeId: ["Type the ID", "to confirm (the name is hard to type)"],
    submit: "Revoke token",
    busy: "Revoking…",
  },

  help: {
    title: "Keyboard shortcuts",
    version: (version: string) => `Entri Tokens ${version}`,
    note: "Single-key shortcuts work when no text field is focused.",
    keys: [
      [["/", "Ctrl F"], "Search"],
      [["↓", "↑", "J", "K"], "Move down or up"],
      [["PgUp", "PgDn", "Home", "End"], "Page up or down, first or last"],
      [["Enter"], "Show details"],
      [["C", "Ctrl N"], "Create token"],
      [["Space", "X"], "Toggle selection"],
      [["Shift ↑", "Shift ↓"], "Extend selection"],
      [["Ctrl A"], "Select all"],
      [["D"], "Keep, ask owner or schedule"],
      [["N"], "Edit placement and note"],
      [["Del"], "Revoke"],
      [["S", "Shift S"], "Next sort column, reverse order"],
      [["G", "T"], "Go to Tokens (G then T)"],
      [["G", "A"], "Go to Audit report (G then A)"],
      [["G", "J"], "Go to Activity (G then J)"],
      [["Ctrl P"], "Export a page to print (Audit report)"],
      [["Ctrl R"], "Refresh"],
      [["Ctrl W", "Ctrl Q"], "Close window, quit"],
      [["Ctrl 1", "Ctrl 9"], "Switch connection, show all"],
      [["Ctrl +", "Ctrl −", "Ctrl 0"], "Zoom in, out, reset"],
      [["Esc"], "Clear selection, details, search"],
      [["?"], "Keyboard shortcuts"],
    ] satisfies [string[], string][],
  },
};
