/** The part of a long list that is in view, the slots its rows are drawn in, and the row the keyboard is on. */
import { MOST_ROWS, USUAL_ROWS } from "../question";
import { settings } from "../settings/followed.svelte";

/** Rows drawn beyond each edge, so that a small scroll needs no drawing. */
const OVERSCAN = 1;
/** Nearer than this to an edge of what is held, the next rows are asked for. */
export const MARGIN = 6;

export abstract class Viewport {
  /** How many tokens match. */
  total = $state(0);
  /** The position of the row the keyboard is on. */
  active = $state<number | null>(null);
  /** The position that a run of selected rows began at; the row the keyboard is on ends it. */
  protected begun: number | null = null;
  /** The list has the focus at the start; until a key is pressed nobody needs to be shown. */
  asked = $state(false);
  /** How often the list itself moved; the scrolling element follows each time. */
  moves = $state(0);
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

  /** Asks for rows when those in view, or soon in view, are not held. */
  protected abstract fill(): void;

  /** The height available to rows, in pixels. */
  resize(height: number): void {
    const { active } = this;
    const seen = active !== null && this.holds(active);
    this.height = height;
    this.visible = Math.min(Math.max(1, Math.ceil(height / settings.row) + 1), MOST_ROWS);
    this.fill();
    // What came below the list must not cover the row that the keyboard is on.
    if (seen) this.activate(active);
  }

  /** The list was scrolled to this offset, in pixels. */
  scrolled(offset: number): void {
    this.offset = offset;
    this.first = Math.max(0, Math.floor(offset / settings.row));
    this.fill();
  }

  /** Puts the keyboard on the row at a position, and the row in view. */
  activate(position: number): void {
    if (this.total === 0) return;
    const to = Math.min(Math.max(position, 0), this.total - 1);
    if (to !== this.active) this.begun = null;
    this.active = to;
    const top = this.active * settings.row;
    const bottom = top + settings.row;
    if (top < this.offset) this.move(top);
    else if (bottom > this.offset + this.height) this.move(bottom - this.height);
  }

  /** Puts the keyboard on the first row in view, for whoever comes to the list on none. */
  land(): void {
    this.activate(Math.ceil(this.offset / settings.row));
  }

  protected move(offset: number): void {
    const reachable = Math.max(0, this.total * settings.row - this.height);
    const target = Math.min(Math.max(offset, 0), reachable);
    if (target === this.offset) return;
    this.scrolled(target);
    this.moves += 1;
  }

  /**
   * At the very top new tokens come into view; further down nothing moves under the reader. Keyboard and
   * scroll may have gone on since the question, so they move as far as the anchor did.
   */
  protected stay(stood: number, anchorIndex: number | null): void {
    const moved = (anchorIndex ?? stood) - stood;
    if (this.active !== null) {
      const at = Math.min(Math.max(this.active + moved, 0), this.total - 1);
      if (this.begun !== null) this.begun += at - this.active;
      this.active = this.total > 0 ? at : null;
    }
    if (this.offset > 0) this.move(this.offset + moved * settings.row);
  }
}
