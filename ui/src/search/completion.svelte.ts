/** What can come next in the search field. */
import * as ipc from "../ipc";
import type { CompletionView, SuggestionView } from "../ipc";
import type { TokenList } from "../list/list.svelte";

/** What was offered, and for what. */
interface Offer extends CompletionView {
  readonly text: string;
  readonly caret: number;
}

export class Completion {
  readonly #list: TokenList;
  readonly #input: HTMLInputElement;
  #offered = $state.raw<Offer | null>(null);
  /** The position of the suggestion that the keyboard is on. */
  active = $state<number | null>(null);
  #asking = false;
  /** Whether the word has changed since it was asked for. */
  #again = false;
  /** Whether an answer is still wanted. */
  #wanted = false;

  constructor(list: TokenList, input: HTMLInputElement) {
    this.#list = list;
    this.#input = input;
  }

  get suggestions(): readonly SuggestionView[] {
    return this.#offered?.suggestions ?? [];
  }

  get open(): boolean {
    return this.suggestions.length > 0;
  }

  /** Whether suggestions are shown or on their way. What closes them means both: the eye cannot tell. */
  get expected(): boolean {
    return this.open || (this.#asking && this.#wanted);
  }

  close(): void {
    this.#again = false;
    this.#wanted = false;
    this.#offered = null;
    this.active = null;
  }

  /** Asks for the word at the caret; one question at a time, and the latest wins. */
  async ask(): Promise<void> {
    this.#again = true;
    this.#wanted = true;
    if (!this.#isOfThisWord()) this.#offered = null;
    if (this.#asking) return;
    this.#asking = true;
    let offered: Offer | null = null;
    while (this.#again) {
      this.#again = false;
      offered = await this.#answer();
    }
    this.#asking = false;
    this.#offered = this.#wanted ? offered : null;
    this.active = null;
  }

  /** Moves the keyboard among the suggestions, from the last one to the first. */
  move(by: 1 | -1): void {
    const count = this.suggestions.length;
    const from = this.active ?? (by === 1 ? -1 : count);
    this.active = (from + by + count) % count;
  }

  /**
   * Puts a suggestion in place of the word. A key needs a value, so it asks for that. What was offered
   * for another text than the present one is not put in.
   */
  accept(position: number): void {
    const offered = this.#offered;
    const suggestion = offered?.suggestions[position];
    if (offered === null || suggestion === undefined) return;
    const { value, selectionStart } = this.#input;
    if (offered.text !== value || offered.caret !== selectionStart) return;
    const after = value.slice(offered.end);
    const blank = suggestion.count === null || after.startsWith(" ") ? "" : " ";
    const before = value.slice(0, offered.start) + suggestion.text + blank;
    this.#input.value = before + after;
    this.#input.setSelectionRange(before.length, before.length);
    this.close();
    this.#list.change({ text: before + after });
    if (suggestion.count === null) void this.ask();
  }

  /** Whether what is offered is for the word that is still being typed, and not for one before it. */
  #isOfThisWord(): boolean {
    const { value, selectionStart } = this.#input;
    if (this.#offered === null || selectionStart === null) return false;
    const { text, start, caret } = this.#offered;
    const ends = (typed: string) => typed.match(/[\s:]/g)?.length ?? 0;
    return (
      value.slice(0, start) === text.slice(0, start) &&
      ends(value.slice(start, selectionStart)) === ends(text.slice(start, caret))
    );
  }

  /** That nothing can be offered is no news: the search itself says what fails. */
  async #answer(): Promise<Offer | null> {
    const { selectionStart, selectionEnd, value } = this.#input;
    if (selectionStart === null || selectionStart !== selectionEnd) return null;
    const { view, rule } = this.#list.criteria;
    const request = { text: value, view, rule: rule?.rule ?? null };
    const answer = await ipc.call.searchComplete(request, selectionStart).catch(() => null);
    return answer && { ...answer, text: value, caret: selectionStart };
  }
}
