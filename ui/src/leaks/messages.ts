/** All text about leaked tokens that the shell doesn't tell. */
export const leaksText = {
  text: "Searches files and all of Git’s history on this computer. Nothing is sent, and values stay masked.",
  usual: "This computer’s usual places",
  folder: "A folder with repositories…",
  pasted: "A pasted text…",
  scan: "Scan",
  path: "Folder",
  cancel: "Cancel scan",
  again: "New scan…",
  revoke: "Revoke…",
  whose: "Whose is it?",
  incident: "Open incident…",
  belongs: "It belongs here",
  listAgain: "List again",
  copy: "Copy path",
  open: "Open folder",
};
