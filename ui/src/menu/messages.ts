/** The texts of the menu of a row. Most are said again in the token's details. */
export const rowMenu = {
  label: "Token actions",
  details: "Show details",
  select: "Select",
  unselect: "Deselect",
  decide: "Keep until…",
  note: "Edit place and note…",
  rotate: "Rotate…",
  like: "Duplicate…",
  copyName: "Copy name",
  copyId: "Copy ID",
  activity: "View activity",
  revoke: "Revoke…",
} as const;
