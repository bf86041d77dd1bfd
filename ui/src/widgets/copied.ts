import * as ipc from "../ipc";
import { m } from "../messages";
import { notices } from "../notices.svelte";

/** Says that something is in the clipboard, or why it is not. */
export async function sayCopied(copied: Promise<unknown>): Promise<void> {
  try {
    await copied;
    notices.say(m.copied);
  } catch (thrown) {
    notices.warn(ipc.failure(thrown).message);
  }
}
