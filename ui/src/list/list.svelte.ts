/** The list as the page knows it: one window of rows, and where keyboard and scrolling are in it. */
import * as ipc from "../ipc";
import type { ChosenView, CountsView, KeyView, ProblemView, QueryRequest } from "../ipc";
import type { QueryView, RowView, SelectionView, Sort } from "../ipc";
import { notices } from "../notices.svelte";
import { Asking } from "./asking";
import type { Ask } from "./asking";
import { FIRST_CRITERIA, startsDescending } from "../question";
import type { Criteria, Follow, Question } from "../question";
import { Selection } from "./selection.svelte";
import { MARGIN, Viewport } from "./viewport.svelte";

export class TokenList extends Viewport {
  criteria = $state.raw(FIRST_CRITERIA);
  counts = $state.raw<CountsView | null>(null);
  /** The words of the search that make no sense. */
  problems = $state.raw<readonly ProblemView[]>([]);
  /** What the search asks for that can also be chosen from a list. */
  chosen = $state.raw<readonly ChosenView[]>([]);
  /** The number of the question whose answer is on screen. */
  seq = $state(0);
  /** Which state of the list it shows, as the shell counts them. */
  generation = $state(0);
  /** The token that is shown beside the list, and what is done when a question no longer finds it. */
  beside: { key: KeyView; onmissed: () => void } | null = null;

  readonly selection = new Selection();
  readonly #asking: Asking;
  #held = $state.raw<{ top: number; rows: readonly RowView[] }>({ top: 0, rows: [] });
  #onhidden: () => void = () => undefined;
  /** The criteria of the rows on screen, and who waits for rows of the present ones. */
  #shownFor: Criteria = FIRST_CRITERIA;
  readonly #waiting: (() => void)[] = [];

  constructor(list: QueryView | null, ask: Ask = ipc.call.tokensQuery) {
    super();
    this.#asking = new Asking(ask, {
      answered: (question, answer) => this.#answered(question, answer),
      failed: (message) => notices.warn(message),
    });
    if (list !== null) this.#show(list);
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

  /** Whether all that match are selected. */
  get allSelected(): boolean {
    return this.total > 0 && this.selection.listed === this.total;
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
    this.#restart();
  }

  /** Asks for the first rows of the criteria, and whether the token that somebody is at is among them. */
  #restart(): void {
    this.#want(this.activeRow?.key ?? this.beside?.key ?? null, "restart");
  }

  /** Sorts by a column; the same one again turns the order round. */
  sortBy(sort: Sort): void {
    const { sort: before, descending } = this.criteria;
    this.change({ sort, descending: before === sort ? !descending : startsDescending(sort) });
  }

  /** All tokens again. */
  clear(): void {
    this.change({ text: "", view: "all", rule: null });
  }

  /** Selects a row, or takes it out of the selection. */
  toggle(row: RowView): Promise<void> {
    this.begun = null;
    return this.#selecting(() => ipc.call.tokensToggle(row.key));
  }

  /**
   * Selects from the row the keyboard is on, or the one a run of them began at, to the one at a position, and goes
   * there; what the run left again is no longer selected. Rows are named by their positions: fast keys are ahead of
   * the rows that are held.
   */
  selectTo(position: number): Promise<void> {
    const { active } = this;
    const begun = this.begun ?? active;
    this.activate(position);
    const to = this.active ?? 0;
    const from = active ?? to;
    this.begun = begun ?? to;
    // Where the run goes on from: it may come back, even past the row it began at.
    const on = Math.min(Math.max(from, Math.min(this.begun, to)), Math.max(this.begun, to));
    const [left, reached] = [this.#between(from, to), this.#between(on, to)];
    return this.#selecting(async () => {
      if (on !== from) await ipc.call.tokensSelectRows(left, false);
      return ipc.call.tokensSelectRows(reached, true);
    });
  }

  /** What asks for the rows from one position to another. */
  #between(from: number, to: number): QueryRequest {
    const top = Math.min(from, to);
    return this.#request(top, Math.abs(from - to) + 1, this.at(top)?.key ?? null);
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
    this.begun = null;
    return this.#selecting(() => ipc.call.tokensSelectNone());
  }

  /** Whether the rows are still those of earlier criteria, or the first ones are on their way. */
  get pending(): boolean {
    return this.criteria !== this.#shownFor || (this.total === 0 && this.#asking.busy);
  }

  /**
   * Ends when all that was selected is, and the rows are those that were asked for: a key that is faster than the
   * answer acts on what was meant, not on what was listed before.
   */
  async settled(): Promise<void> {
    for (;;) {
      const { changes } = this.selection;
      await changes;
      if (this.pending) await new Promise<void>((arrived) => this.#waiting.push(arrived));
      else if (changes === this.selection.changes) return;
    }
  }

  #arrived(): void {
    for (const arrived of this.#waiting.splice(0)) arrived();
  }

  #request(top: number, len: number, anchor: KeyView | null): QueryRequest {
    const rule = this.criteria.rule?.rule ?? null;
    return { ...this.criteria, rule, top, len, anchor, findings: false, seq: 0 };
  }

  #selecting(ask: () => Promise<SelectionView>): Promise<void> {
    return this.selection.change(ask, () => this.refresh());
  }

  /** The list may have changed: asks again for what is shown, and stays where it is. */
  refresh(): void {
    const on = this.activeRow;
    const stood = on !== undefined && this.active !== null ? this.active : this.first;
    const kept = on ?? (this.offset > 0 ? this.at(stood) : undefined);
    this.#want(kept?.key ?? null, "stay", stood);
  }

  /** Puts the keyboard on a token, and the token in view. */
  reveal(key: KeyView, onhidden: () => void): void {
    this.#onhidden = onhidden;
    this.#want(key, "reveal");
  }

  /** Whether the findings of each row are shown, and so are to be asked for. */
  showFindings(shown: boolean): void {
    if (this.#asking.findings === shown) return;
    this.#asking.findings = shown;
    if (shown) this.refresh();
  }

  protected fill(): void {
    const margin = Math.min(MARGIN, this.before);
    const from = Math.max(0, this.first - margin);
    const to = Math.min(this.total, this.first + this.visible + margin);
    const held = this.#held.top <= from && this.#held.top + this.#held.rows.length >= to;
    if (!held && !this.#asking.expects(this.criteria, from, to)) this.#want(null, "stay");
  }

  #want(anchor: KeyView | null, follow: Follow, stood = 0): void {
    const { criteria } = this;
    const restart = follow === "restart";
    // After a change of criteria the rows in view are enough; a scroll goes on, so it takes all.
    const len = restart ? Math.min(this.visible + MARGIN, this.window) : this.window;
    const top = restart ? 0 : Math.max(0, this.first - this.before);
    this.#asking.want({ criteria, top, len, anchor, stood, follow });
  }

  #answered(question: Question, answer: QueryView): void {
    // The answer to other criteria than the present ones is stale.
    if (question.criteria !== this.criteria) return;
    // Somebody went to another row meanwhile, which is the one to stay at now.
    if (this.#leaves(question)) return this.#askAnew(question);
    this.#show(answer);
    this.#follow(question, answer);
    // A list that became shorter ends above the place it was scrolled to.
    this.move(this.offset);
    this.#shownFor = question.criteria;
    this.#arrived();
  }

  #leaves({ anchor, follow }: Question): boolean {
    const on = this.activeRow?.key;
    if (on === undefined || follow === "reveal") return false;
    return (follow === "restart" || anchor !== null) && !ipc.sameKey(on, anchor);
  }

  #askAnew({ follow }: Question): void {
    if (follow === "restart") this.#restart();
    else this.refresh();
  }

  #show(answer: QueryView): void {
    this.seq = answer.seq;
    this.generation = answer.generation;
    this.total = answer.total;
    this.counts = answer.counts;
    this.selection.show(answer);
    this.problems = answer.problems;
    this.chosen = answer.chosen;
    this.#held = { top: answer.top, rows: answer.rows };
  }

  #follow({ anchor, stood, follow }: Question, { anchorIndex }: QueryView): void {
    if (follow === "restart") {
      this.move(0);
      // A row that would be out of sight is not what the next key should act on.
      this.active = anchorIndex !== null && this.holds(anchorIndex) ? anchorIndex : null;
      this.begun = null;
      if (anchorIndex === null && ipc.sameKey(anchor, this.beside?.key ?? null))
        this.beside?.onmissed();
    } else if (follow === "reveal") {
      if (anchorIndex !== null) this.activate(anchorIndex);
      else this.#onhidden();
    } else if (anchor !== null) {
      this.stay(stood, anchorIndex);
    }
  }
}
