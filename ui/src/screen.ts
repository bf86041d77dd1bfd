/** What the main part of the window shows. */
export type Screen =
  "tokens" | "rotations" | "audit" | "activity" | "leaks" | "found" | "preferences";
