/** Revoking one token: planned, confirmed as far as its use demands, then done. */
import * as ipc from "../ipc";
import type { KeyView, RevokePlanView, RevokedView } from "../ipc";
import { notices } from "../notices.svelte";
import { m } from "../messages";

export class Revocation {
  /** What the dialog asks about; `null` while there is no dialog. */
  plan = $state.raw<RevokePlanView | null>(null);
  busy = $state(false);
  /** Whether the token was used after the list was loaded, so that the question is asked anew. */
  usedSince = $state(false);
  error = $state<string | null>(null);
  /** Whether the credential was refused, so that the way on is to sign in again. */
  signedOut = $state(false);
  readonly #done: (revoked: RevokedView) => void;

  constructor(done: (revoked: RevokedView) => void) {
    this.#done = done;
  }

  /** Revokes at once what is expired; asks about everything else. */
  async begin(key: KeyView): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.usedSince = false;
    this.error = null;
    try {
      const plan = await ipc.planRevoke(key);
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
    this.signedOut = false;
    try {
      await this.#revoke(this.plan, typedName);
    } catch (thrown) {
      const { code, message } = ipc.failure(thrown);
      this.error = message;
      this.signedOut = ipc.needsSignIn(code);
    } finally {
      this.busy = false;
    }
  }

  /** Signed in again: the question stands as it was. */
  signedIn(): void {
    this.signedOut = false;
    this.error = null;
  }

  cancel(): void {
    if (!this.busy) this.plan = null;
  }

  async #revoke(plan: RevokePlanView, typedName: string | null): Promise<void> {
    const { key } = plan.token;
    try {
      const revoked = await ipc.revokeToken({ key, seen: plan.seen, typedName });
      this.plan = null;
      notices.say(m.revoke.outcome[revoked.outcome](revoked.name));
      this.#done(revoked);
    } catch (thrown) {
      const { code, message } = ipc.failure(thrown);
      if (code !== "usedSince") throw thrown;
      this.plan = await ipc.planRevoke(key);
      this.usedSince = true;
      this.error = message;
    }
  }
}
