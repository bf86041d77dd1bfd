/** The columns of the list: which of them there is room for, and how wide each is. */
import type { SortName } from "../ipc";

/** A column beside the name, which is always there and takes what the others leave. */
export type ColumnName = Exclude<SortName, "name"> | "scopes";

/** A column that is shown, and its width in pixels. */
export interface Column {
  readonly name: ColumnName;
  readonly width: number;
}

interface Usual {
  readonly name: ColumnName;
  /** The narrowest list that has it. */
  readonly from: number;
  /** Its width in a narrow list and in a wide one. */
  readonly narrow: number;
  readonly wide: number;
  /** What it takes of the room that a very wide list has. */
  readonly share: number;
}

/** From here on a list is wide. */
const WIDE = 860;
/** What a list has beside its usual columns before there is room to share. */
const TAKEN = 592;

const usual: readonly Usual[] = [
  { name: "place", from: 1000, narrow: 152, wide: 152, share: 0.16 },
  { name: "createdBy", from: 1130, narrow: 130, wide: 130, share: 0.125 },
  { name: "scopes", from: 1250, narrow: 116, wide: 116, share: 0.095 },
  { name: "use", from: 0, narrow: 142, wide: 146, share: 0 },
  { name: "expires", from: 580, narrow: 94, wide: 106, share: 0 },
  { name: "created", from: 700, narrow: 102, wide: 106, share: 0 },
  { name: "lastUsed", from: 0, narrow: 112, wide: 176, share: 0 },
];

/** The columns of a list of this width, from left to right. */
export function columnsOf(width: number): Column[] {
  const there = usual.filter(({ from }) => width >= from);
  return there.map(({ name, narrow, wide, share }) => ({
    name,
    width: width < WIDE ? narrow : Math.max(wide, Math.round(share * (width - TAKEN))),
  }));
}
