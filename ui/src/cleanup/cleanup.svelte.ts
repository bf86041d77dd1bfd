/** Revoking many tokens: planned, confirmed, watched, and told what came of it. */
import * as ipc from "../ipc";
import type { CleanupPlanView, CleanupProgressView, CleanupResultView } from "../ipc";
import { notices } from "../notices.svelte";
import { c } from "./messages";

export class Cleanup {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<CleanupPlanView | null>(null);
  /** How far it is; `null` before it runs. */
  progress = $state.raw<CleanupProgressView | null>(null);
  result = $state.raw<CleanupResultView | null>(null);
  failed = $state.raw<ipc.Failure | null>(null);
  /** Other tokens are selected, or there. */
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Plans what `ask` plans. */
  async begin(ask: () => Promise<CleanupPlanView>): Promise<void> {
    try {
      const plan = await ask();
      this.progress = this.result = this.failed = null;
      this.plan = plan;
      this.#changed();
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
  }

  async run(typed: string): Promise<void> {
    const { plan } = this;
    if (plan === null || this.progress !== null) return;
    this.failed = null;
    this.progress = { done: 0, total: plan.tokens.length, name: "", waits: null };
    const stop = ipc.onCleanup((progress) => (this.progress = progress));
    try {
      this.result = await ipc.runCleanup(plan.id, typed);
      this.#changed();
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
      this.progress = null;
    } finally {
      stop();
    }
  }

  async schedule(typed: string): Promise<void> {
    if (this.plan === null) return;
    try {
      await ipc.scheduleCleanup(this.plan.id, typed);
      notices.say(c.scheduled);
      this.close();
      this.#changed();
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    }
  }

  /** Ends it before its next token. */
  stop(): void {
    void ipc.stopCleanup();
  }

  close(): void {
    if (this.progress === null || this.result !== null) this.plan = null;
  }
}
