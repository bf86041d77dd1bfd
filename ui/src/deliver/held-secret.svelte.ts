/** The value of a new token, which the shell holds: copy it, look at it while a button is held,
 * hand it over. */
import * as ipc from "../ipc";
import type { ClipboardStateView, CreatedView, DeliveredView } from "../ipc";
import { settings } from "../settings/followed.svelte";

export class HeldSecret {
  readonly created: CreatedView;
  /** The value itself, only while it is being looked at. */
  revealed = $state<string | null>(null);
  /** When it was copied last; `null` if it never was. */
  copiedAt = $state<string | null>(null);
  /** Whether this page put it on the clipboard, and it is still there. */
  onClipboard = $state(false);
  /** Whether a way past the clipboard is chosen: what copies is then not the next thing to do. */
  elsewhere = $state(false);
  /** Whether it is being delivered. */
  busy = $state(false);
  /** Who has it beside the clipboard, the last one. */
  delivered = $state.raw<DeliveredView | null>(null);
  /** What became of the copy, once it is off the clipboard. */
  clipboard = $state<ClipboardStateView | null>(null);
  secondsLeft = $state(0);
  /** Until it is cleared; 0 if it stays until the app quits. */
  seconds = $state(settings.now.clearClipboard ?? 0);
  failed = $state.raw<ipc.Failure | null>(null);
  #held = false;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(created: CreatedView) {
    this.created = created;
    this.#learn(created);
  }

  /** Whether somebody has it. */
  get isHad(): boolean {
    return this.copiedAt !== null || this.delivered !== null;
  }

  /** Listens for what becomes of the value and its copy; the answer ends it and lets go of
   * everything. */
  attach(): () => void {
    const stop = ipc.onClipboard(({ handle, state }) => {
      if (handle === this.created.handle) this.#left(state);
    });
    const stopHearing = ipc.onChanged(({ waiting }) => waiting !== null && this.#learn(waiting));
    return () => {
      stop();
      stopHearing();
      this.release();
      clearInterval(this.#ticking);
    };
  }

  /** One thing at a time; what fails is kept to be said. */
  async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = null;
    try {
      await work();
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    } finally {
      this.busy = false;
    }
  }

  copy(): Promise<void> {
    return this.attempt(async () => {
      const { copiedAt, clearsInSeconds } = await ipc.call.secretsCopy(this.created.handle);
      this.copiedAt = copiedAt;
      this.clipboard = null;
      this.onClipboard = true;
      this.#countDown(clearsInSeconds);
    });
  }

  async hold(): Promise<void> {
    if (this.#held) return;
    this.#held = true;
    try {
      const value = await ipc.call.secretsReveal(this.created.handle);
      // It may have been let go meanwhile.
      if (this.#held) this.revealed = value;
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    }
  }

  release(): void {
    this.#held = false;
    this.revealed = null;
  }

  /** A page before this one may have delivered it, or be about to. */
  #learn({ handle, copiedAt, delivered }: CreatedView): void {
    if (handle !== this.created.handle) return;
    this.copiedAt ??= copiedAt;
    this.delivered ??= delivered;
  }

  #countDown(seconds: number): void {
    clearInterval(this.#ticking);
    this.seconds = seconds;
    this.secondsLeft = seconds;
    this.#ticking = setInterval(() => {
      this.secondsLeft = Math.max(0, this.secondsLeft - 1);
    }, 1000);
  }

  #left(state: ClipboardStateView): void {
    clearInterval(this.#ticking);
    this.secondsLeft = 0;
    this.onClipboard = false;
    this.clipboard = state;
  }
}
