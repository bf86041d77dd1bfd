/** The texts of the bar for selected rows. */
import { number } from "../messages";

export const selectionText = {
  label: "Selection",
  /** How many are selected, and how many of those the list doesn’t show now. */
  count: (n: number, hidden: number) =>
    `${number.format(n)} selected${hidden > 0 ? `, ${number.format(hidden)} not shown` : ""}`,
  plan: "Revoke selected…",
  decide: "Keep until…",
  rotate: "Rotate…",
  clear: "Clear",
  escape: "Esc to clear",
} as const;
