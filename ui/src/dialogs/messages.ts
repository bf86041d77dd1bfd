/** Text of what is loaded once the first rows are painted. */
import type { ClipboardStateView, LooseEndName, MethodName, StorageName } from "../ipc";

const clipboard: Record<ClipboardStateView, string> = {
  cleared: "Clipboard cleared. You can copy again until you close this dialog.",
  replaced: "You copied something else, so the clipboard was left alone.",
  failed: "Couldn’t clear the clipboard. Copy something else to overwrite the token.",
};

const stays =
  "Your tokens on the server and this app’s journal of what was created and revoked are kept.";

export const words = {
  draft: { closed: "New token form closed.", back: "Reopen" },

  panel: { previous: "Previous token", next: "Next token" },
  created: {
    notCopied: (name: string) => `Created “${name}”. Not copied yet.`,
    copied: (name: string, time: string) => `Created “${name}”. Copied at ${time}.`,
    handedOver: (name: string, time: string) => `Created “${name}”. Delivered at ${time}.`,
    once: "You’ll see this value only once. Copy it before you close this dialog.",
    unreadable: "Unexpected response from Entri. The raw response is kept here until you close.",
    value: "Token value",
    hold: "Hold to reveal",
    copy: "Copy",
    copyAgain: "Copy again",
    clipboardHint: (seconds: number) =>
      `Kept out of clipboard history and cleared after ${seconds} seconds. Paste it before you quit.`,
    checked: (seconds: number) => `Copied and verified. Clears in ${seconds} s.`,
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
  },

  disconnect: {
    title: (organization: string) => `Disconnect ${organization}?`,
    removed: {
      apiToken: {
        keychain: `This removes the API token from the keychain, and the cached tokens, usage history and notes from this computer. ${stays}`,
        session: `This removes the API token from memory, and the cached tokens, usage history and notes from this computer. ${stays}`,
      },
      session: {
        keychain: `You’ll be signed out. This removes the session cookie from the keychain, and the cached tokens, usage history and notes from this computer. ${stays}`,
        session: `You’ll be signed out. This removes the session cookie from memory, and the cached tokens, usage history and notes from this computer. ${stays}`,
      },
    } satisfies Record<MethodName, Record<StorageName, string>>,
    removedSandbox: "The sandbox closes and everything in it is deleted.",
    submit: "Disconnect",
    anyway: "Disconnect anyway",
    busy: "Disconnecting…",
  },

  edit: {
    title: "Edit connection",
    text: (organization: string, host: string) => `${organization} · ${host}`,
    label: "Name",
    environment: "Environment",
    colour: "Color",
    colours: ["Teal", "Violet", "Red", "Green", "Amber", "Pink"],
    place: "Position",
    submit: "Save",
  },

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
