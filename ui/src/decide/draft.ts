import type { DecisionKind } from "../ipc";

/** A number of days, or a date. */
export type Until = number | "date";

/** What is typed in the form of a decision. */
export interface DecisionDraft {
  readonly kind: DecisionKind;
  readonly until: Until;
  readonly date: string;
  readonly reason: string;
}
