/** Revoking one token: planned, confirmed as far as its use demands, then done. */
import * as ipc from "../ipc";
import type { RevokePlanView, RevokedView } from "../ipc";
import { notices } from "../notices.svelte";
import { m } from "../messages";

export class Revocation {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<RevokePlanView | null>(null);
  busy = $state(false);
  /** Whether the token was used after the list was loaded, so that the question is asked anew. */
  usedSince = $state(false);
  error = $state<string | null>(null);
  readonly #done: (revoked: RevokedView) => void;

  constructor(done: (revoked: RevokedView) => void) {
    this.#done = done;
  }

  /** Revokes at once what is expired; asks about everything else. */
  async begin(id: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.usedSince = false;
    this.error = null;
    try {
      const plan = await ipc.planRevoke(id);
      if (plan.grade === "oneClick") await this.#revoke(plan, null);
      else this.plan = plan;
    } catch (thrown) {
      notices.warn(ipc.failure(thrown).message);
    } finally {
      this.busy = false;
    }
  }

  /** The admin confirmed what the dialog asked. */
  async confirm(typedName: string | null): Promise<void> {
    if (this.plan === null || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await this.#revoke(this.plan, typedName);
    } catch (thrown) {
      this.error = ipc.failure(thrown).message;
    } finally {
      this.busy = false;
    }
  }

  cancel(): void {
    if (!this.busy) this.plan = null;
  }

  async #revoke(plan: RevokePlanView, typedName: string | null): Promise<void> {
    const { id } = plan.token;
    try {
      const revoked = await ipc.revokeToken({ id, seen: plan.seen, typedName });
      this.plan = null;
      notices.say(m.revoke.outcome[revoked.outcome](revoked.name));
      this.#done(revoked);
    } catch (thrown) {
      const { code, message } = ipc.failure(thrown);
      if (code !== "usedSince") throw thrown;
      this.plan = await ipc.planRevoke(id);
      this.usedSince = true;
      this.error = message;
    }
  }
}
