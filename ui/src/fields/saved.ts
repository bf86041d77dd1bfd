/** Files that were saved. */
import * as ipc from "../ipc";
import { notices } from "../notices.svelte";
import { fileText } from "./messages";

/** Says where a file is, and shows it there. */
export function saySaved(text: string, file: string): void {
  const show = () =>
    ipc.call
      .windowShowFile(file)
      .catch((thrown: unknown) => notices.warn(ipc.failure(thrown).message));
  notices.say(text, () => void show(), fileText.showInFolder);
}
