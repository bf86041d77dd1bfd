/** The token whose details are shown beside the list. */
import * as ipc from "../ipc";
import type { DetailsView, KeyView } from "../ipc";
import { notices } from "../notices.svelte";

export class Details {
  token = $state.raw<DetailsView | null>(null);
  /** The one that somebody chose; its details may be on their way. */
  #wanted = $state.raw<KeyView | null>(null);

  get open(): boolean {
    return this.token !== null;
  }

  /** Of which token the panel is, or will be. */
  get key(): KeyView | null {
    return this.#wanted;
  }

  /** Shows a token; of several in a row the last one wins. */
  show(key: KeyView): void {
    if (!ipc.sameKey(this.#wanted, key)) void this.#load(key);
  }

  /** The list changed: what is shown is read again, and closed when it is gone. */
  refresh(): void {
    if (this.#wanted !== null) void this.#load(this.#wanted);
  }

  /** A token is gone: its details are no longer shown. */
  closeOf(key: KeyView): void {
    if (ipc.sameKey(this.#wanted, key)) this.close();
  }

  close(): void {
    this.#wanted = null;
    this.token = null;
  }

  async #load(key: KeyView): Promise<void> {
    this.#wanted = key;
    try {
      const token = await ipc.call.tokensDetails(key);
      if (this.#wanted !== key) return;
      if (token === null) this.close();
      else this.token = token;
    } catch (thrown) {
      if (this.#wanted !== key) return;
      this.close();
      notices.warn(ipc.failure(thrown).message);
    }
  }
}
