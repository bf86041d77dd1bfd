/** All text of notes. */
export const notesText = {
  title: (name: string) => `Notes on “${name}”`,
  text: "Stored only on this computer.",
  place: "Place",
  placeHint:
    "Where the value is stored, such as “web-2: /etc/entri.env” or “GitHub acme/web: NT3_TOKEN”.",
  note: "Note",
  noteHint: "Who to ask, what depends on it. Don’t paste the value.",
  write: "Add place and note…",
  change: "Edit place and note…",
  submit: "Save notes",
  saved: (name: string) => `Saved notes on “${name}”.`,
};
