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
  note: "Single-key shortcuts work when no text field is focused.",
  keys: [
    [["/", "Ctrl F"], "Search"],
    [["↓", "↑", "J", "K"], "Move down or up"],
    [["PgUp", "PgDn", "Home", "End"], "Page up or down, first or last"],
    [["Enter"], "Show details"],
    [["C", "Ctrl N"], "Create token"],
    [["Space", "X"], "Toggle selection"],
    [["Shift ↑", "Shift ↓"], "Extend or shrink selection"],
    [["Ctrl A"], "Select all"],
    [["D"], "Keep, ask owner or schedule"],
    [["N"], "Edit place and note"],
    [["F2"], "Rename saved view"],
    [["R"], "Rotate"],
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
};
