/** The list as the page knows it: one window of rows, and the place in it. */
import * as ipc from "../ipc";
import type { ChosenView, CountsView, KeyView, ProblemView, QueryRequest } from "../ipc";
import type { QueryView, RowView, SelectionView, SortName } from "../ipc";
import { notices } from "../notices.svelte";
import { Asking } from "./asking";
import type { Ask } from "./asking";
import { FIRST_CRITERIA, MOST_ROWS, ROW_HEIGHT, startsDescending, USUAL_ROWS } from "./question";
import type { Criteria, Follow, Question } from "./question";

/** Rows drawn beyond each edge, so that a small scroll needs no drawing. */
const OVERSCAN = 1;
/** Nearer than this to an edge of what is held, the next rows are asked for. */
const MARGIN = 6;

export class TokenList {
  criteria = $state.raw(FIRST_CRITERIA);
  /** How many tokens match. */
  total = $state(0);
  counts = $state.raw<CountsView | null>(null);
  /** How many tokens are selected, listed or not. */
  selected = $state(0);
  /** Whether all that match are selected. */
  allSelected = $state(false);
  /** The ids of their connections. */
  selectedOf = $state.raw<readonly number[]>([]);
  /** The words of the search that make no sense. */
  problems = $state.raw<readonly ProblemView[]>([]);
  /** What the search asks for that can also be chosen from a list. */
  chosen = $state.raw<readonly ChosenView[]>([]);
  /** The number of the question whose answer is on screen. */
  seq = $state(0);
  /** The position of the row the keyboard is on. */
  active = $state<number | null>(null);
  generation = 0;
  /** How often the list itself moved; the scrolling element follows each time. */
  moves = $state(0);

  readonly #asking: Asking;
  #held = $state.raw<{ top: number; rows: readonly RowView[] }>({ top: 0, rows: [] });
  #first = $state(0);
  #visible = $state(1);
  #onhidden: () => void = () => undefined;
  #offset = 0;
  #height = 0;
  /** The changes of the selection so far. */
  #selected = Promise.resolve();
  /** The criteria of the rows on screen, and who waits for rows of the present ones. */
  #shownFor: Criteria = FIRST_CRITERIA;
  readonly #waiting: (() => void)[] = [];

  constructor(list: QueryView | null, ask: Ask = ipc.call.tokensQuery) {
    this.#asking = new Asking(ask, {
      answered: (question, answer) => this.#answered(question, answer),
      failed: (message) => notices.warn(message),
    });
    if (list !== null) this.#show(list);
  }

  /** The slots rows are drawn in; each is used again for another row when the list moves. */
  readonly slots = $derived(
    Array.from({ length: Math.min(this.#visible + 2 * OVERSCAN, MOST_ROWS) }, (_, slot) => slot),
  );
  /** Rows that are asked for and held: some beyond those in view, so that most scrolls need no answer. */
  readonly #window = $derived(
    Math.min(Math.max(this.#visible + 2 * MARGIN, USUAL_ROWS), MOST_ROWS),
  );
  /** The position of the first row that is drawn. */
  readonly drawn = $derived(Math.max(0, this.#first - OVERSCAN));

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

  /** The row at a position; `undefined` while it is not held. */
  at(position: number): RowView | undefined {
    return this.#held.rows[position - this.#held.top];
  }

  /** The rows that are held; a new array whenever they were read anew. */
  get rows(): readonly RowView[] {
    return this.#held.rows;
  }

  get activeRow(): RowView | undefined {
    return this.active === null ? undefined : this.at(this.active);
  }

  /** How far it is scrolled, in pixels; the scrolling element may come and go. */
  get offset(): number {
    return this.#offset;
  }

  /** Rows that fit on one page, for the keyboard. */
  get page(): number {
    return Math.max(1, this.#visible - 2);
  }

  get filtered(): boolean {
    const { text, view, rule } = this.criteria;
    return text !== "" || view !== "all" || rule !== null;
  }

  /** The rows that are there at the start are those of these criteria. */
  begin(criteria: Partial<Criteria>): void {
    this.criteria = this.#shownFor = { ...this.criteria, ...criteria };
  }

  /** Asks for other tokens, or another order. */
  change(change: Partial<Criteria>): void {
    this.criteria = { ...this.criteria, ...change };
    this.#want(this.activeRow?.key ?? null, "restart");
  }

  /** Sorts by a column; the same one again turns the order round. */
  sortBy(sort: SortName): void {
    const { sort: before, descending } = this.criteria;
    this.change({ sort, descending: before === sort ? !descending : startsDescending(sort) });
  }

  /** All tokens again. */
  clear(): void {
    this.change({ text: "", view: "all", rule: null });
  }

  /** Selects a row, or takes it out of the selection. */
  toggle(row: RowView): Promise<void> {
    return this.#selecting(() => ipc.call.tokensToggle(row.key));
  }

  /**
   * Selects the row the keyboard is on and goes one on, so that a run of them is selected. Rows are
   * named by their positions: fast keys are ahead of the rows that are held.
   */
  selectOn(step: 1 | -1): Promise<void> {
    return this.selectTo((this.active ?? -1) + step);
  }

  /** Selects from the row the keyboard is on to the one at a position, and goes there. */
  selectTo(position: number): Promise<void> {
    const from = this.active;
    this.activate(position);
    const to = this.active ?? 0;
    const top = Math.min(from ?? to, to);
    const len = Math.abs((from ?? to) - to) + 1;
    const request = this.#request(top, len, this.at(top)?.key ?? null);
    return this.#selecting(() => ipc.call.tokensSelectRows(request));
  }

  /** What asks for everything that matches. */
  get everything(): QueryRequest {
    return this.#request(0, 0, null);
  }

  /** Selects everything that matches, or takes it out of the selection. */
  selectAll(selected = true): Promise<void> {
    const request = this.everything;
    return this.#selecting(() => ipc.call.tokensSelectAll(request, selected));
  }

  selectNone(): Promise<void> {
    return this.#selecting(() => ipc.call.tokensSelectNone());
  }

  /** Whether the rows are still those of earlier criteria. */
  get pending(): boolean {
    return this.criteria !== this.#shownFor;
  }

  /**
   * Ends when all that was selected is, and the rows are those that were asked for: a key that is faster than the
   * answer acts on what was meant, not on what was listed before.
   */
  async settled(): Promise<void> {
    for (;;) {
      const selecting = this.#selected;
      await selecting;
      if (this.pending) await new Promise<void>((arrived) => this.#waiting.push(arrived));
      else if (selecting === this.#selected) return;
    }
  }

  #arrived(): void {
    for (const arrived of this.#waiting.splice(0)) arrived();
  }

  #request(top: number, len: number, anchor: KeyView | null): QueryRequest {
    const rule = this.criteria.rule?.rule ?? null;
    return { ...this.criteria, rule, top, len, anchor, seq: 0 };
  }

  /** Sends one change after the other: the shell may answer them in any order. */
  #selecting(change: () => Promise<SelectionView>): Promise<void> {
    const select = async () => {
      try {
        const { selected, selectedOf } = await change();
        this.selected = selected;
        this.selectedOf = selectedOf;
      } catch (thrown) {
        notices.warn(ipc.failure(thrown).message);
      }
      this.refresh();
    };
    this.#selected = this.#selected.then(select);
    return this.#selected;
  }

  /** The list may have changed: asks again for what is shown, and keeps its place. */
  refresh(): void {
    const on = this.activeRow;
    const stood = on !== undefined && this.active !== null ? this.active : this.#first;
    const kept = on ?? (this.#offset > 0 ? this.at(stood) : undefined);
    this.#want(kept?.key ?? null, "stay", stood);
  }

  /** Puts the keyboard on a token, and the token in view. */
  reveal(key: KeyView, onhidden: () => void): void {
    this.#onhidden = onhidden;
    this.#want(key, "reveal");
  }

  /** The height available to rows, in pixels. */
  resize(height: number): void {
    const { active } = this;
    const seen = active !== null && this.#holds(active);
    this.#height = height;
    this.#visible = Math.min(Math.max(1, Math.ceil(height / ROW_HEIGHT) + 1), MOST_ROWS);
    this.#fill();
    // What came below the list must not cover the row that the keyboard is on.
    if (seen) this.activate(active);
  }

  /** The list was scrolled to this offset, in pixels. */
  scrolled(offset: number): void {
    this.#offset = offset;
    this.#first = Math.max(0, Math.floor(offset / ROW_HEIGHT));
    this.#fill();
  }

  /** Puts the keyboard on the row at a position, and the row in view. */
  activate(position: number): void {
    if (this.total === 0) return;
    this.active = Math.min(Math.max(position, 0), this.total - 1);
    const top = this.active * ROW_HEIGHT;
    const bottom = top + ROW_HEIGHT;
    if (top < this.#offset) this.#move(top);
    else if (bottom > this.#offset + this.#height) this.#move(bottom - this.#height);
  }

  /** Whether the row at a position is in view, whole. */
  #holds(position: number): boolean {
    const top = position * ROW_HEIGHT - this.#offset;
    return top >= 0 && top + ROW_HEIGHT <= this.#height;
  }

  #move(offset: number): void {
    const reachable = Math.max(0, this.total * ROW_HEIGHT - this.#height);
    const target = Math.min(Math.max(offset, 0), reachable);
    if (target === this.#offset) return;
    this.scrolled(target);
    this.moves += 1;
  }

  /** Asks for rows when those in view, or soon in view, are not held. */
  #fill(): void {
    const margin = Math.min(MARGIN, this.#before);
    const from = Math.max(0, this.#first - margin);
    const to = Math.min(this.total, this.#first + this.#visible + margin);
    const held = this.#held.top <= from && this.#held.top + this.#held.rows.length >= to;
    if (!held && !this.#asking.expects(this.criteria, from, to)) this.#want(null, "stay");
  }

  /** Rows held above those in view. */
  get #before(): number {
    return Math.floor((this.#window - this.#visible) / 2);
  }

  #want(anchor: KeyView | null, follow: Follow, stood = 0): void {
    const { criteria } = this;
    const restart = follow === "restart";
    // After a change of criteria the rows in view are enough; a scroll goes on, so it takes all.
    const len = restart ? Math.min(this.#visible + MARGIN, this.#window) : this.#window;
    const top = restart ? 0 : Math.max(0, this.#first - this.#before);
    this.#asking.want({ criteria, top, len, anchor, stood, follow });
  }

  #answered(question: Question, answer: QueryView): void {
    // The answer to other criteria than the present ones is stale.
    if (question.criteria !== this.criteria) return;
    // The keyboard has moved on meanwhile: its place is asked for from the row it is on now.
    if (this.#leaves(question)) return this.refresh();
    this.#show(answer);
    this.#follow(question, answer);
    // A list that became shorter ends above the place it was scrolled to.
    this.#move(this.#offset);
    this.#shownFor = question.criteria;
    this.#arrived();
  }

  #leaves({ anchor, follow }: Question): boolean {
    const on = this.activeRow?.key;
    return follow === "stay" && anchor !== null && on !== undefined && !ipc.sameKey(on, anchor);
  }

  #show(answer: QueryView): void {
    this.seq = answer.seq;
    this.generation = answer.generation;
    this.total = answer.total;
    this.counts = answer.counts;
    this.selected = answer.selected;
    this.allSelected = answer.allSelected;
    this.selectedOf = answer.selectedOf;
    this.problems = answer.problems;
    this.chosen = answer.chosen;
    this.#held = { top: answer.top, rows: answer.rows };
  }

  #follow({ anchor, stood, follow }: Question, { anchorIndex }: QueryView): void {
    if (follow === "restart") {
      this.#move(0);
      // A row that would be out of sight is not what the next key should act on.
      this.active = anchorIndex !== null && this.#holds(anchorIndex) ? anchorIndex : null;
    } else if (follow === "reveal") {
      if (anchorIndex !== null) this.activate(anchorIndex);
      else this.#onhidden();
    } else if (anchor !== null) {
      this.#stay(stood, anchorIndex);
    }
  }

  /**
   * At the very top new tokens come into view; further down nothing moves under the reader. Keyboard and
   * scroll may have gone on since the question, so they move as far as the anchor did.
   */
  #stay(stood: number, anchorIndex: number | null): void {
    const moved = (anchorIndex ?? stood) - stood;
    if (this.active !== null) {
      const at = Math.min(Math.max(this.active + moved, 0), this.total - 1);
      this.active = this.total > 0 ? at : null;
    }
    if (this.#offset > 0) this.#move(this.#offset + moved * ROW_HEIGHT);
  }
}
