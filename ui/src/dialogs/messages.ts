/** All text of the keyboard shortcuts, and of a form that was closed. */
export const closedFormText = {
  create: "New token form closed.",
  decide: "Decision not saved.",
  notes: "Notes not saved.",
  back: "Reopen",
};

export const shortcutText = {
  title: "Keyboard shortcuts",
  version: (version: string) => `Entri Tokens ${version}`,
  note: "Single-key shortcuts work when no text field is focused. Those for a token act on its row in the list.",
};
