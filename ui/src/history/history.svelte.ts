/** What was seen of the use of the token that is shown. */
import * as ipc from "../ipc";
import type { HistoryView, KeyView } from "../ipc";

type Shown = { key: KeyView; history: HistoryView } | { key: KeyView; failed: string };

export class History {
  #shown = $state.raw<Shown | null>(null);
  #wanted: KeyView | null = null;

  /** What is known of a token; `null` until it was read. */
  of(key: KeyView): Shown | null {
    return ipc.sameKey(this.#shown?.key, key) ? this.#shown : null;
  }

  /** Reads it again; what is shown of the same token stays until then. */
  async load(key: KeyView): Promise<void> {
    this.#wanted = key;
    let read: Shown;
    try {
      read = { key, history: await ipc.call.tokensHistory(key) };
    } catch (thrown) {
      read = { key, failed: ipc.failure(thrown).message };
    }
    if (this.#wanted === key) this.#shown = read;
  }
}
