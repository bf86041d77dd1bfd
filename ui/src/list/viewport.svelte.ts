/** The part of a long list that is in view, and the slots its rows are drawn in. */
import { MOST_ROWS, USUAL_ROWS } from "../question";
import { settings } from "../settings/followed.svelte";

/** Rows drawn beyond each edge, so that a small scroll needs no drawing. */
const OVERSCAN = 1;
/** Nearer than this to an edge of what is held, the next rows are asked for. */
export const MARGIN = 6;

export class Viewport {
  /** The position of the first row in view. */
  protected first = $state(0);
  /** How many rows are in view, the last one in part. */
  protected visible = $state(1);
  /** The height available to rows, in pixels. */
  protected height = 0;
  /** How far it is scrolled, in pixels; the scrolling element may come and go. */
  offset = 0;

  /** The slots rows are drawn in; each is used again for another row when the list moves. */
  readonly slots = $derived(
    Array.from({ length: Math.min(this.visible + 2 * OVERSCAN, MOST_ROWS) }, (_, slot) => slot),
  );
  /** Rows that are asked for and held: some beyond those in view, so that most scrolls need no answer. */
  protected readonly window = $derived(
    Math.min(Math.max(this.visible + 2 * MARGIN, USUAL_ROWS), MOST_ROWS),
  );
  /** The position of the first row that is drawn. */
  readonly drawn = $derived(Math.max(0, this.first - OVERSCAN));

  /** The slots in the order of their rows, where the first of them is at this position. */
  slotsFrom(position: number): number[] {
    const first = position % this.slots.length;
    return [...this.slots.slice(first), ...this.slots.slice(0, first)];
  }

  /** The position of the row that is drawn in a slot. */
  positionOf(slot: number): number {
    const count = this.slots.length;
    return this.drawn + ((((slot - this.drawn) % count) + count) % count);
  }

  /** The slot a position is drawn in, if it is. */
  slotOf(position: number): number | null {
    const drawn = position >= this.drawn && position < this.drawn + this.slots.length;
    return drawn ? position % this.slots.length : null;
  }

  /** Rows that fit on one page, for the keyboard. */
  get page(): number {
    return Math.max(1, this.visible - 2);
  }

  /** Rows held above those in view. */
  protected get before(): number {
    return Math.floor((this.window - this.visible) / 2);
  }

  /** Whether the row at a position is in view, whole. */
  protected holds(position: number): boolean {
    const top = position * settings.row - this.offset;
    return top >= 0 && top + settings.row <= this.height;
  }
}
