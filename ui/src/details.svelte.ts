/** The token whose details are shown beside the list. */
import * as ipc from "./ipc";
import type { DetailsView } from "./ipc";
import { notices } from "./notices.svelte";

export class Details {
  token = $state.raw<DetailsView | null>(null);
  #wanted: string | null = null;

  get open(): boolean {
    return this.token !== null;
  }

  /** Shows a token; of several in a row the last one wins. */
  show(id: string): void {
    if (this.#wanted !== id) void this.#load(id);
  }

  /** The list changed: what is shown is read again, and closed when it is gone. */
  refresh(): void {
    if (this.#wanted !== null) void this.#load(this.#wanted);
  }

  close(): void {
    this.#wanted = null;
    this.token = null;
  }

  async #load(id: string): Promise<void> {
    this.#wanted = id;
    try {
      const token = await ipc.details(id);
      if (this.#wanted !== id) return;
      if (token === null) this.close();
      else this.token = token;
    } catch (thrown) {
      this.close();
      notices.warn(ipc.failure(thrown).message);
    }
  }
}
