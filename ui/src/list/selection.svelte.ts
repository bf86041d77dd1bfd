/** What is selected, as the shell said last, and the changes that are on their way to it. */
import * as ipc from "../ipc";
import type { QueryView, SelectionView } from "../ipc";
import { notices } from "../notices.svelte";

export class Selection {
  /** How many tokens are selected, listed or not. */
  count = $state(0);
  /** How many of the selected tokens match the search, when it was last answered. */
  listed = $state(0);
  /** How many did not match: they are not listed. */
  hidden = $state(0);
  /** The ids of their connections. */
  connections = $state.raw<readonly number[]>([]);
  /** Ends when the changes so far are done. */
  changes = Promise.resolve();

  /** Sends one change after the other, because the shell may answer them in any order. */
  change(ask: () => Promise<SelectionView>, ondone: () => void): Promise<void> {
    this.changes = this.changes.then(async () => {
      try {
        const { selected, selectedOf } = await ask();
        this.count = selected;
        this.connections = selectedOf;
      } catch (thrown) {
        notices.warn(ipc.failure(thrown).message);
      }
      ondone();
    });
    return this.changes;
  }

  show({ selected, selectedHere, selectedOf }: QueryView): void {
    this.count = selected;
    this.listed = selectedHere;
    this.hidden = selected - selectedHere;
    this.connections = selectedOf;
  }
}
