/** All text of notes. */
export const n = {
  title: (name: string) => `Notes on “${name}”`,
  text: "Kept on this computer, and never sent to the server.",
  placement: "Placement",
  placementHint: "Where its value is: a machine and a file, a variable of a pipeline.",
  note: "Note",
  noteHint: "Whoever knows more, what depends on it. Never the value itself.",
  ofForm: "Placement and note",
  write: "Add placement or note…",
  change: "Change placement and note…",
  submit: "Save notes",
  saved: (name: string) => `Notes on “${name}” saved.`,
  gone: "This token is no longer in the list. Refresh the list to see what is there.",
};
