/** The keyboard: which key asks for what. */

import type { Screen } from "./screens/screen";

export type Command =
  | "search"
  | "select"
  | "selectDown"
  | "selectUp"
  | "selectAll"
  | "down"
  | "up"
  | "pageDown"
  | "pageUp"
  | "first"
  | "last"
  | "open"
  | "create"
  | "decide"
  | "note"
  | "revoke"
  | "sort"
  | "turnSort"
  | "refresh"
  | "help"
  | "back";

/** Keys that work wherever the focus is. */
const ANYWHERE: Readonly<Record<string, Command>> = {
  "Ctrl+n": "create",
  "Ctrl+r": "refresh",
  F5: "refresh",
};

/** The number of a connection, counted from 1, or 0 for all of them. */
export function connectionNumber(event: KeyPress): number | null {
  const digit = /^Ctrl\+(\d)$/.exec(chord(event))?.[1];
  return digit === undefined ? null : Number(digit);
}

/** Keys that work only while the grid has the focus, so that typing never triggers them. */
const IN_GRID: Readonly<Record<string, Command>> = {
  "/": "search",
  ArrowDown: "down",
  j: "down",
  ArrowUp: "up",
  k: "up",
  PageDown: "pageDown",
  PageUp: "pageUp",
  Home: "first",
  End: "last",
  " ": "select",
  x: "select",
  "Shift+ArrowDown": "selectDown",
  "Shift+ArrowUp": "selectUp",
  "Ctrl+a": "selectAll",
  Enter: "open",
  c: "create",
  d: "decide",
  n: "note",
  Delete: "revoke",
  s: "sort",
  "Shift+s": "turnSort",
  "?": "help",
  Escape: "back",
};

/** The letters that go to a screen after a G. */
const SCREENS: Readonly<Record<string, Screen>> = { t: "tokens", a: "audit", j: "activity" };

/** G, then the letter of a screen. */
export class GoTo {
  #begun = false;

  /** The screen that is gone to with this key; `null` while it is none. */
  screen(event: KeyPress): Screen | null {
    const key = chord(event);
    const screen = this.#begun ? (SCREENS[key] ?? null) : null;
    this.#begun = screen === null && key === "g";
    return screen;
  }
}

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function anywhere(event: KeyPress): Command | null {
  return ANYWHERE[chord(event)] ?? null;
}

export function inGrid(event: KeyPress): Command | null {
  return IN_GRID[chord(event)] ?? null;
}

/** The keys for what the other button of the mouse does. */
export const asksForMenu = ({ key, shiftKey }: KeyPress) =>
  key === "ContextMenu" || (key === "F10" && shiftKey);

function chord({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const letter = /^[a-z]$/i.test(key);
  const name = letter ? key.toLowerCase() : key;
  // Signs such as ? need Shift on some keyboards and not on others, so it counts for letters and
  // arrows only.
  const shift = shiftKey && (letter || key.startsWith("Arrow")) ? "Shift+" : "";
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift}${name}`;
}
