/** What the page asks about the list, and which of two questions is worth sending. */
import type { KeyView, Sort, View } from "./ipc";

/** Rows held, unless more are in view. */
export const USUAL_ROWS = 60;
/** The shell never answers with more rows than this: more than the tallest screen has room for. */
export const MOST_ROWS = 240;

/** A rule of the audit, by its id, and what it finds. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
}

/** Which tokens, in which order. A new object for each change, so that identity tells them apart. */
export interface Criteria {
  readonly text: string;
  readonly view: View;
  /** The finding that filters. */
  readonly rule: Finding | null;
  readonly sort: Sort;
  readonly descending: boolean;
}

export const FIRST_CRITERIA: Criteria = {
  text: "",
  view: "all",
  rule: null,
  sort: "lastUsed",
  descending: true,
};

/** Where the list goes with an answer: it stays, begins at the top, or goes to a token. */
export type Follow = "stay" | "restart" | "reveal";

export interface Question {
  readonly criteria: Criteria;
  readonly top: number;
  readonly len: number;
  /** The token whose position is wanted too. */
  readonly anchor: KeyView | null;
  /** Where it stood when this was asked. */
  readonly stood: number;
  readonly follow: Follow;
}

/** The newer question wins; a mere scroll keeps what the older one wanted to follow. */
export function merged(older: Question | null, newer: Question): Question {
  const scroll = newer.follow === "stay" && newer.anchor === null;
  if (older === null || !scroll || older.criteria !== newer.criteria) return newer;
  if (older.follow === "restart") return older;
  return { ...newer, anchor: older.anchor, stood: older.stood, follow: older.follow };
}

/** Whether the answer will hold all rows in `from..to`. */
export function covers(question: Question | null, criteria: Criteria, from: number, to: number) {
  return (
    question !== null &&
    question.criteria === criteria &&
    question.top <= from &&
    question.top + question.len >= to
  );
}

/** Dates begin with the most recent, names and states with the first. */
export function startsDescending(sort: Sort): boolean {
  return sort === "created" || sort === "lastUsed";
}
