/** What the mouse does with the rows: opens, selects, selects a run. */
import type { RowView } from "../ipc";
import type { TokenList } from "./list.svelte";

/** What is left of a row's first cell: its box is drawn there. */
export const BOX_WIDTH = 58;

/** What is done with the row that was clicked, whatever the keyboard is on. */
interface Acts {
  readonly open: (row: RowView) => void;
  readonly select: (row: RowView) => void;
}

export class Pointer {
  /** The row whose box is held down, and the one the pointer is over since. */
  #held: number | null = null;
  #over: number | null = null;

  constructor(
    readonly list: TokenList,
    readonly acts: Acts,
  ) {}

  down(event: PointerEvent): void {
    const plain = event.button === 0 && !event.shiftKey && !event.ctrlKey;
    this.#held = plain && isOnBox(event) ? positionOf(event) : null;
    this.#over = this.#held;
  }

  /** A box that is dragged over other rows selects them all. */
  move(event: PointerEvent): void {
    if (this.#held === null) return;
    if ((event.buttons & 1) === 0) {
      // Let go of outside the rows: the next click is one of its own.
      this.#held = this.#over = null;
      return;
    }
    const position = positionOf(event);
    if (position === null || position === this.#over) return;
    if (this.#over === this.#held) this.list.activate(this.#held);
    this.#over = position;
    void this.list.selectTo(position);
  }

  click(event: MouseEvent): void {
    // The other button asks for the menu, and is a click here as well.
    const position = event.button === 0 ? positionOf(event) : null;
    const dragged = this.#over !== this.#held;
    this.#over = this.#held = null;
    if (position === null || dragged) return;
    if (event.shiftKey) return void this.list.selectTo(position);
    this.list.activate(position);
    const row = this.list.at(position);
    if (row === undefined) return;
    if (event.ctrlKey || event.metaKey || isOnBox(event)) this.acts.select(row);
    else this.acts.open(row);
  }
}

const rowOf = (event: MouseEvent) =>
  (event.target as Element).closest<HTMLElement>("[data-position]");

export function positionOf(event: MouseEvent): number | null {
  const row = rowOf(event);
  return row === null ? null : Number(row.dataset["position"]);
}

function isOnBox(event: MouseEvent): boolean {
  const left = rowOf(event)?.getBoundingClientRect().left;
  // A click that no pointer made is beside all of them.
  const across = left === undefined ? -1 : event.clientX - left;
  return across >= 0 && across < BOX_WIDTH;
}
