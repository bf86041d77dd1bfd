import * as ipc from "../ipc";
import { notices } from "../notices.svelte";

/** Opens the guide in the browser, or says why it can’t be. */
export const openGuide = () =>
  ipc.call.windowOpenGuide().catch((thrown: unknown) => notices.warn(ipc.failure(thrown).message));
