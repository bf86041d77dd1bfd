/** All text of the dialog that revokes a token. */
export const revokeText = {
  title: (name: string) => `Revoke “${name}”?`,
  consequence: "Requests using this token will fail immediately. This can’t be undone.",
  production: "Its name says production.",
  unreadable: "Its dates can’t be read, so it may be in use.",
  frozen: "The server has stopped recording uses, so it may be in use.",
  used: (when: string) => `Used ${when}.`,
  replaceFirst: "Make sure its replacement works before you revoke it.",
  own: "Entri Tokens is signed in with this token. Revoking it signs you out.",
  mayBeOwn:
    "Entri Tokens may be signed in with this token: the server doesn’t show which one it is. Make sure nothing needs it before you revoke it.",
  submitOwn: "Revoke this app’s token",
  /** Around what is to be typed. */
  typeName: ["Type", "to confirm"],
  typeId: ["Type the ID", "to confirm (the name is hard to type)"],
  submit: "Revoke token",
  busy: "Revoking…",
  revokingIn: (seconds: number) => `Revoking in ${seconds} s`,
  stop: "Stop",
  stopped: (name: string) => `Stopped. “${name}” was not revoked.`,
};
