/**
 * Acts that a part of the page does by itself: when its own button or key is pressed, or when somebody chooses them in the
 * palette. They are in the table of commands (`commands/table.ts`); here a part says that it is there to do them.
 */
import { onMount } from "svelte";

/** Their keys, where they have any. */
export const OWN_KEYS = {
  exportHtml: "Ctrl+P",
  exportRecord: "E",
  undo: "Ctrl+Z",
  messages: "F6",
  renameView: "F2",
} as const;

export type OwnAct =
  | keyof typeof OWN_KEYS
  | "exportCsv"
  | "exportJson"
  | "editPolicy"
  | "verify"
  | "exportActivity"
  | "scanUsual"
  | "scanFolder"
  | "scanPasted"
  | "cancelScan"
  | "exportScan"
  | "closeIncident"
  | "found"
  | "columns"
  | "filterProject"
  | "filterScope"
  | "filterCreator"
  | "saveView"
  | "deleteView";

type Offer = Partial<Record<OwnAct, () => unknown>>;

const offers: (() => Offer)[] = [];
/** What is done as soon as a part of the page offers it. */
let wanted: OwnAct | null = null;

/** Does these acts while the component that calls this is shown; what isn't possible now is left out. */
export function offer(of: () => Offer): void {
  onMount(() => {
    offers.push(of);
    if (wanted !== null && wanted in of()) perform(wanted);
    return () => void offers.splice(offers.indexOf(of), 1);
  });
}

/** Another screen is shown than the one that was gone to for it. */
export function forget(): void {
  wanted = null;
}

/** What does it now, if anything does. */
export const offered = (act: OwnAct) => offers.map((of) => of()[act]).find((does) => does);

/** Does it, once the part of the page is there that does. */
export function perform(act: OwnAct): void {
  const does = offered(act);
  wanted = does ? null : act;
  does?.();
}
