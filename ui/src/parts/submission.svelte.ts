/** A form that is sent: one at a time, and what is refused stays as it was typed, with the focus on it. */
import { tick } from "svelte";

import * as ipc from "../ipc";

export class Submission {
  busy = $state(false);
  /** Why it was refused. */
  error = $state<string | null>(null);

  /** Sends the form by `act`. */
  async send(event: SubmitEvent, act: () => Promise<void>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.busy = true;
    this.error = null;
    try {
      await act();
    } catch (thrown) {
      this.error = ipc.failure(thrown).message;
      await tick();
      form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    } finally {
      this.busy = false;
    }
  }
}
