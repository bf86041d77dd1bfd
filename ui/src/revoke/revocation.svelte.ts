/** Revoking one token: planned, confirmed as far as its use demands, then done. The dialog waits before that. */
import * as ipc from "../ipc";
import type { KeyView, RevokePreviewView } from "../ipc";
import { notices } from "../notices.svelte";
import { settings } from "../settings/followed.svelte";

export class Revocation {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<RevokePreviewView | null>(null);
  busy = $state(false);
  failed = $state.raw<ipc.Failure | null>(null);
  /** Whether it can be stopped for a while before it is sent. */
  held = true;
  readonly #done: (revoked: KeyView) => void;

  constructor(done: (revoked: KeyView) => void) {
    this.#done = done;
  }

  /** Asks about it; `atOnce`, what is expired is revoked without, and nothing waits to be stopped. */
  async begin(key: KeyView, atOnce = false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = null;
    // The shell sends nothing sooner.
    this.held = !atOnce && settings.now.countdown !== 0;
    try {
      const plan = await ipc.call.tokensPreviewRevoke(key);
      this.plan = !this.held && plan.grade === "oneClick" ? await this.#revoke(plan, null) : plan;
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    } finally {
      this.busy = false;
    }
  }

  /** The admin confirmed what the dialog asked. */
  async confirm(typed: string | null): Promise<void> {
    if (this.plan === null || this.busy) return;
    this.busy = true;
    this.failed = null;
    try {
      this.plan = await this.#revoke(this.plan, typed);
    } catch (thrown) {
      this.failed = ipc.failure(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Signed in again: the question stands as it was. */
  signedIn(): void {
    this.failed = null;
  }

  cancel(): void {
    if (!this.busy) this.plan = null;
  }

  /** Revokes it; what is to be asked before that can be done, `null` once it is done. */
  async #revoke(plan: RevokePreviewView, typed: string | null): Promise<RevokePreviewView | null> {
    const { key } = plan.token;
    const { held } = this;
    try {
      const revoked = await ipc.call.tokensRevoke({ key, seen: plan.seen, typed, held });
      notices.revoked(revoked);
      this.#done(key);
      return null;
    } catch (thrown) {
      const failed = ipc.failure(thrown);
      const outdated = failed.code === "usedSince" || failed.code === "changedSince";
      if (!outdated && !ipc.needsSignIn(failed.code)) throw failed;
      const again = outdated ? await ipc.call.tokensPreviewRevoke(key) : plan;
      this.failed = failed;
      return again;
    }
  }
}
