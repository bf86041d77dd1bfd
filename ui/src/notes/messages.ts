/** All text of notes. */
export const n = {
  title: (name: string) => `Notes on “${name}”`,
  text: "Stored only on this computer.",
  placement: "Placement",
  placementHint:
    "Where the value is stored, such as “web-2: /etc/entri.env” or “GitHub acme/web: NT3_TOKEN”.",
  note: "Note",
  noteHint: "Who to ask, what depends on it. Don’t paste the value.",
  write: "Add placement and note…",
  change: "Edit placement and note…",
  submit: "Save notes",
  saved: (name: string) => `Saved notes on “${name}”.`,
  gone: "This token is no longer in the list. Refresh the list to see what is there.",
};
