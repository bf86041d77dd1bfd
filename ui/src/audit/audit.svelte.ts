/** The audit as the page knows it, and the limit that is tried. */
import * as ipc from "../ipc";
import type { AuditView, SettingRequest } from "../ipc";
import { notices } from "../notices.svelte";

export class Audit {
  view = $state.raw<AuditView | null>(null);
  /** The limit that is tried, in days; `null` for that of the policy. */
  #tried = $state<number | null>(null);

  readonly limit = $derived(this.#tried ?? this.view?.policy?.staleDays ?? 90);
  /** Whether the limit that is tried could be saved. */
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

  /** Another policy holds. */
  show(view: AuditView): void {
    this.view = view;
    this.#tried = null;
  }

  async load(): Promise<void> {
    try {
      this.view = await ipc.call.auditShow();
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
  }

  /** Makes the limit that is tried the policy of a connection. */
  async save(connection: number): Promise<void> {
    const settings = [{ key: "stale_days", days: String(this.limit) }];
    const error = await this.change(connection, settings);
    if (error !== null) notices.warn(error);
  }

  /** Changes the policy of a connection; returns what is wrong with it. */
  async change(connection: number, settings: SettingRequest[]): Promise<string | null> {
    try {
      this.show(await ipc.call.auditChangePolicy(connection, settings));
      return null;
    } catch (thrown) {
      return ipc.failure(thrown).message;
    }
  }
}
