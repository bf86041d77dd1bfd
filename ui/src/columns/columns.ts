/** The columns of the list: which of them there is room for, and how wide each is. */
import type { ColumnName, ColumnView } from "../ipc";

/** A column that is shown, and its width in pixels. */
export interface Column {
  readonly name: ColumnName;
  readonly width: number;
}

interface Usual {
  readonly name: ColumnName;
  /** The narrowest list that has it of itself. */
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
/** What the name and the box in front of it need at least. */
export const NAME_LEAST = 178;
/** What they have at most: of a wider list the columns beside it get the rest. */
const NAME_MOST = 720;

/** In the order they have of themselves. */
export const usual: readonly Usual[] = [
  { name: "project", from: 1000, narrow: 152, wide: 152, share: 0.16 },
  { name: "createdBy", from: 1130, narrow: 130, wide: 130, share: 0.125 },
  { name: "scopes", from: 1250, narrow: 116, wide: 116, share: 0.095 },
  { name: "findings", from: 1500, narrow: 190, wide: 240, share: 0.12 },
  { name: "use", from: 0, narrow: 142, wide: 146, share: 0 },
  { name: "expires", from: 580, narrow: 94, wide: 106, share: 0 },
  { name: "created", from: 700, narrow: 102, wide: 106, share: 0 },
  { name: "lastUsed", from: 0, narrow: 112, wide: 176, share: 0 },
];

/** Every column with what was chosen for it, from left to right. */
export function arranged(chosen: readonly ColumnView[]): (Usual & ColumnView)[] {
  const place = ({ name }: Usual) => chosen.findIndex((it) => it.name === name);
  const all = usual.map((it) => ({ shown: null, width: null, ...it, ...chosen[place(it)] }));
  // Those that nothing was ever chosen for come last, in their usual order.
  const rank = (it: Usual) => (place(it) + chosen.length + 1) % (chosen.length + 1);
  return all.sort((a, b) => rank(a) - rank(b));
}

/**
 * The columns of a list of this width, from left to right. One that was chosen is there wherever it has
 * room, also in place of others.
 */
export function columnsOf(list: number, chosen: readonly ColumnView[] = []): Column[] {
  const wanted = arranged(chosen)
    .filter(({ shown, from }) => shown ?? list >= from)
    .map((column) => ({
      ...column,
      width: column.width ?? usualWidth(column, list),
      share: column.width === null ? column.share : 0,
    }));
  let room = list - NAME_LEAST;
  const need = ({ shown, from }: Usual & ColumnView) => (shown === true ? -1 : from);
  const fitting = [...wanted]
    .sort((a, b) => need(a) - need(b))
    .filter(({ width }) => width <= room && (room -= width) >= 0);
  const shown = wanted.filter((column) => fitting.includes(column));
  const spare = Math.max(0, room + NAME_LEAST - NAME_MOST);
  const shares = shown.reduce((sum, { share }) => sum + share, 0) || 1;
  return shown.map(({ name, width, share }) => ({
    name,
    width: width + Math.floor((spare * share) / shares),
  }));
}

const usualWidth = ({ narrow, wide, share }: Usual, list: number) =>
  list < WIDE ? narrow : Math.max(wide, Math.round(share * (list - TAKEN)));
