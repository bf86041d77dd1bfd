/** Revoking many tokens: planned, confirmed, watched, and told what came of it. */
import * as ipc from "../ipc";
import type {
  BulkRevokeId,
  BulkRevokePlanView,
  BulkRevokeProgressView,
  BulkRevokeResultView,
  KeyView,
  RunningBulkRevokeView,
} from "../ipc";
import { notices } from "../notices.svelte";
import { bulkNotices } from "./notices";

export class BulkRevoke {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<BulkRevokePlanView | null>(null);
  /** How far it is; `null` before it runs. */
  progress = $state.raw<BulkRevokeProgressView | null>(null);
  result = $state.raw<BulkRevokeResultView | null>(null);
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
  async begin(ask: () => Promise<BulkRevokePlanView>): Promise<void> {
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
      this.plan = await ipc.call.bulkRevokesTick(this.plan.id, key, goes);
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
    await this.#watch(() => ipc.call.bulkRevokesRun(plan.id, typed));
    this.asking = false;
  }

  /** Shows one that a page before this one began: how far it is, or what came of it. */
  async follow({ progress, connections }: RunningBulkRevokeView): Promise<void> {
    this.progress = progress;
    this.of = connections;
    await this.#watch(ipc.call.bulkRevokesFollow);
    if (this.result !== null) return;
    // It ended just now, or for a reason that the page which began it was told.
    this.progress = null;
    if (this.failed === null) notices.say(bulkNotices.endedUnseen);
  }

  /** Shows how far it is until `ended` answers. */
  async #watch(ended: () => Promise<BulkRevokeResultView | null>): Promise<void> {
    const stop = ipc.onBulkRevoke((progress) => (this.progress = progress));
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
      const scheduled = await ipc.call.bulkRevokesSchedule(this.plan.id, typed);
      notices.say(bulkNotices.scheduled, () => void this.callOff(scheduled));
      this.close();
      this.#changed();
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    }
  }

  /** Leaves the tokens of these as they are. */
  async callOff(bulkRevokes: readonly BulkRevokeId[]): Promise<void> {
    try {
      for (const { connection, number } of bulkRevokes)
        await ipc.call.bulkRevokesLeave(connection, number);
      notices.say(bulkNotices.calledOff);
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    }
    this.#changed();
  }

  /** Ends it before its next token. */
  stop(): void {
    void ipc.call.bulkRevokesStop();
  }

  close(): void {
    if (this.asking || (this.progress !== null && this.result === null)) return;
    if (this.result !== null) void ipc.call.bulkRevokesSeen();
    this.plan = this.progress = this.result = null;
  }
}
