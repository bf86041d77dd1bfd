/** A form that is sent: one at a time, and what is refused stays as it was typed, with the focus on it. */
import { tick } from "svelte";

import * as ipc from "../ipc";

export class Submission {
  busy = $state(false);
  /** Why it was refused. */
  error = $state<string | null>(null);
  /** What somebody who was asked outside the page did not say yes to: no mistake in the form. */
  declined = $state.raw<ipc.Failure | null>(null);

  /** Sends the form by `act`. */
  async send(event: SubmitEvent, act: () => Promise<void>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.busy = true;
    this.error = this.declined = null;
    try {
      await act();
    } catch (thrown) {
      const failure = ipc.failure(thrown);
      if (failure.code === "declined") this.declined = failure;
      else this.error = failure.message;
      await tick();
      form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    } finally {
      this.busy = false;
    }
  }
}
