/** Searches that are kept under a name. What is done to them can be undone, so it is done at once. */
import * as ipc from "../ipc";
import type { SavedView } from "../ipc";
import type { Criteria } from "../question";
import { notices } from "../notices.svelte";
import { searchText } from "./messages";

export class SavedViews {
  views = $state.raw<readonly SavedView[]>([]);
  #loads = 0;

  /** Reads them again, with what they find now. */
  async load(): Promise<void> {
    this.#loads += 1;
    const load = this.#loads;
    try {
      const views = await ipc.call.savedList();
      if (load === this.#loads) this.views = views;
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
  }

  /** Saves what is shown; what is wrong with the name comes back. */
  async save(name: string, criteria: Criteria): Promise<string | null> {
    const { view, sort, descending } = criteria;
    const request = { id: null, name, text: searchOf(criteria), view, sort, descending };
    return this.#done(() => ipc.call.savedSave(request));
  }

  /** Makes a view what is shown, under its name. */
  async update(view: SavedView, criteria: Criteria): Promise<void> {
    const { view: card, sort, descending } = criteria;
    const { id, name } = view;
    const request = { id, name, text: searchOf(criteria), view: card, sort, descending };
    const error = await this.#done(() => ipc.call.savedSave(request));
    if (error !== null) return notices.warn(error);
    notices.say(searchText.updated(name), () => this.#bringBack(view));
  }

  /** What is wrong with the name comes back. */
  async rename({ id, name: before }: SavedView, name: string): Promise<string | null> {
    const error = await this.#done(() => ipc.call.savedRename(id, name));
    if (error === null)
      notices.say(searchText.renamed(before, name.trim()), () => this.#renameBack(id, before));
    return error;
  }

  async remove(view: SavedView): Promise<void> {
    this.views = this.views.filter(({ id }) => id !== view.id);
    const error = await this.#done(() => ipc.call.savedDelete(view.id));
    if (error !== null) return notices.warn(error);
    notices.say(searchText.deleted(view.name), () => this.#bringBack(view));
  }

  async #renameBack(id: number, name: string): Promise<void> {
    this.#say(await this.#done(() => ipc.call.savedRename(id, name)));
  }

  async #bringBack({ id, name, text, view, sort, descending }: SavedView): Promise<void> {
    const request = { id, name, text, view, sort, descending };
    this.#say(await this.#done(() => ipc.call.savedSave(request)));
  }

  async #done(act: () => Promise<unknown>): Promise<string | null> {
    let error: string | null = null;
    try {
      await act();
    } catch (thrown) {
      error = ipc.failure(thrown).message;
    }
    await this.load();
    return error;
  }

  #say(error: string | null): void {
    if (error !== null) notices.warn(error);
  }
}

/** Whether the list shows what the view is. */
export function isShown(view: SavedView, criteria: Criteria): boolean {
  return (
    view.text === searchOf(criteria) &&
    view.view === criteria.view &&
    view.sort === criteria.sort &&
    view.descending === criteria.descending
  );
}

/** The search with the finding as a term of it. */
function searchOf({ text, rule }: Criteria): string {
  return rule === null ? text.trim() : `finding:${rule.rule} ${text}`.trim();
}
