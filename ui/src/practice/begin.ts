import * as ipc from "../ipc";
import type { DrillKind } from "../ipc";
import { notices } from "../notices.svelte";
import { practiceText } from "./messages";

/** Begins a drill in the connection it returns, and says so where that ends another one. */
export async function begin(kind: DrillKind): Promise<number> {
  const before = await ipc.call.drillsShow().catch(() => null);
  const connection = await ipc.call.drillsBegin(kind);
  if (before?.over === false) notices.say(practiceText.ended);
  return connection;
}
