/** The audit as the page knows it, and the limit that is tried. */
import * as ipc from "../ipc";
import type { AuditView } from "../ipc";
import { notices } from "../notices.svelte";

export class Audit {
  view = $state.raw<AuditView | null>(null);
  /** The limit that is tried, in days; `null` for that of the policy. */
  #tried = $state<number | null>(null);

  readonly limit = $derived(this.#tried ?? this.view?.policy?.staleDays ?? 90);
  readonly changed = $derived(
    (this.view?.policy ?? null) !== null && this.limit !== this.view?.policy?.staleDays,
  );

  /** How many tokens a limit calls stale. */
  stale(days: number): number {
    return this.view?.whatIf[days - 1] ?? 0;
  }

  try(days: number | null): void {
    this.#tried = days;
  }

  async load(): Promise<void> {
    await this.#take(ipc.audit());
  }

  /** Makes the limit that is tried the policy of a connection. */
  async save(connection: number): Promise<void> {
    const settings = [{ key: "stale_days", days: String(this.limit) }];
    if (await this.#take(ipc.changePolicy(connection, settings))) this.#tried = null;
  }

  async #take(answer: Promise<AuditView>): Promise<boolean> {
    try {
      this.view = await answer;
      return true;
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
      return false;
    }
  }
}
