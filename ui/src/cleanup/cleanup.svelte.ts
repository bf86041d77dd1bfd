/** Revoking many tokens: planned, confirmed, watched, and told what came of it. */
import * as ipc from "../ipc";
import type {
  CleanupId,
  CleanupPlanView,
  CleanupProgressView,
  CleanupResultView,
  KeyView,
  RunningCleanupView,
} from "../ipc";
import { notices } from "../notices.svelte";
import { c } from "./messages";

export class Cleanup {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<CleanupPlanView | null>(null);
  /** How far it is; `null` before it runs. */
  progress = $state.raw<CleanupProgressView | null>(null);
  result = $state.raw<CleanupResultView | null>(null);
  /** The connections of the tokens that go. */
  of = $state.raw<readonly number[]>([]);
  failed = $state.raw<ipc.Failure | null>(null);
  /** Whether the system's question is open: nothing runs before it was answered. */
  asking = $state(false);
  /** Other tokens are selected, or there. */
  readonly #changed: () => void;
  #ticking: Promise<void> = Promise.resolve();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Plans what `ask` plans. */
  async begin(ask: () => Promise<CleanupPlanView>): Promise<void> {
    try {
      const plan = await ask();
      this.progress = this.result = this.failed = null;
      this.plan = plan;
      this.of = [...plan.tokens, ...plan.kept].map(({ key }) => key.connection);
      this.#changed();
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
  }

  /** Puts a token into the plan, or takes it out. One after the other: each makes a plan with a name of
   * its own. */
  tick(key: KeyView, goes: boolean): Promise<void> {
    this.#ticking = this.#ticking.then(() => this.#tick(key, goes));
    return this.#ticking;
  }

  async #tick(key: KeyView, goes: boolean): Promise<void> {
    if (this.plan === null) return;
    try {
      this.plan = await ipc.call.cleanupsTick(this.plan.id, key, goes);
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    }
  }

  /** Whether there is a dialog. */
  get open(): boolean {
    return this.plan !== null || this.progress !== null;
  }

  async run(typed: string): Promise<void> {
    const { plan } = this;
    if (plan === null || this.asking || this.progress !== null) return;
    this.failed = null;
    this.asking = true;
    await this.#watch(() => ipc.call.cleanupsRun(plan.id, typed));
    this.asking = false;
  }

  /** Shows one that a page before this one began: how far it is, or what came of it. */
  async follow({ progress, connections }: RunningCleanupView): Promise<void> {
    this.progress = progress;
    this.of = connections;
    await this.#watch(ipc.call.cleanupsFollow);
    if (this.result !== null) return;
    // It ended just now, or for a reason that the page which began it was told.
    this.progress = null;
    if (this.failed === null) notices.say(c.endedUnseen);
  }

  /** Shows how far it is until `ended` answers. */
  async #watch(ended: () => Promise<CleanupResultView | null>): Promise<void> {
    const stop = ipc.onCleanup((progress) => (this.progress = progress));
    try {
      this.result = await ended();
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
      const scheduled = await ipc.call.cleanupsSchedule(this.plan.id, typed);
      notices.say(c.scheduled, () => void this.callOff(scheduled));
      this.close();
      this.#changed();
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    }
  }

  /** Leaves the tokens of these as they are. */
  async callOff(cleanups: readonly CleanupId[]): Promise<void> {
    try {
      for (const { connection, number } of cleanups)
        await ipc.call.cleanupsLeave(connection, number);
      notices.say(c.calledOff);
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
    this.#changed();
  }

  /** Ends it before its next token. */
  stop(): void {
    void ipc.call.cleanupsStop();
  }

  close(): void {
    if (this.asking || (this.progress !== null && this.result === null)) return;
    if (this.result !== null) void ipc.call.cleanupsSeen();
    this.plan = this.progress = this.result = null;
  }
}
