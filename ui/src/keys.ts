/** The keyboard: which key asks for what. */

import type { Screen } from "./screen";

export type Command =
  | "search"
  | "select"
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
  | "rotate"
  | "sort"
  | "turnSort"
  | "refresh"
  | "help"
  | "back";

/** Keys that work wherever the focus is. */
const ANYWHERE: Readonly<Record<string, Command>> = {
  "Ctrl+n": "create",
  "Ctrl+f": "search",
  "Ctrl+r": "refresh",
  F5: "refresh",
};

/** Instead of the number of a connection. Ctrl 0 resets the zoom, as in browsers. */
export const ALL_CONNECTIONS = 9;

/** The number of a connection, counted from 1, or that of all of them. */
export function connectionNumber(event: KeyPress): number | null {
  const digit = /^Ctrl\+([1-9])$/.exec(chord(event))?.[1];
  return digit === undefined ? null : Number(digit);
}

/** Keys that work if nothing is being typed and nothing lies over the page. */
const SINGLE: Readonly<Record<string, Command>> = {
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
  "Ctrl+a": "selectAll",
  Enter: "open",
  c: "create",
  d: "decide",
  n: "note",
  Delete: "revoke",
  r: "rotate",
  s: "sort",
  "Shift+s": "turnSort",
  "?": "help",
  Escape: "back",
};

/** The letters that go to a screen after a G. */
const SCREENS: Readonly<Record<string, Screen>> = {
  t: "tokens",
  r: "rotations",
  l: "leaks",
  a: "audit",
  j: "activity",
};

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

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "code">;

export function anywhere(event: KeyPress): Command | null {
  return ANYWHERE[chord(event)] ?? null;
}

export function single(event: KeyPress): Command | null {
  return SINGLE[chord(event)] ?? null;
}

const TYPED_INTO =
  "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])";

/** Whether the page is to leave a key alone: it is part of a text, or meant for a dialog or a menu. */
export function isTaken(event: KeyboardEvent): boolean {
  const { target, isComposing, defaultPrevented } = event;
  if (isComposing || defaultPrevented || document.querySelector(LIES_OVER) !== null) return true;
  return target instanceof Element && target.closest(`${TYPED_INTO}, form, [popover]`) !== null;
}

/** The key that selects all the text of a page; a dialog is none. */
export const selectsAll = (event: KeyPress) => chord(event) === "Ctrl+a";

export const isTypedInto = ({ target }: Event) =>
  target instanceof Element && target.matches(TYPED_INTO);

const LIES_OVER = "dialog[open], :popover-open";
/** Text beside the list that is scrolled, such as the details. */
const SCROLLED = "[role=group][tabindex='0']";
const SCROLLS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];
const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

/** What has the focus, and the keys that it uses itself. */
const USED: readonly (readonly [string, readonly string[]])[] = [
  ["button, summary, a[href]", ["Enter", " "]],
  ["[type=checkbox]", [" "]],
  ["[type=radio]", [...MOVES, " "]],
  ["[type=range]", [...MOVES, "PageUp", "PageDown", "Home", "End"]],
  // It would be taken for deleting what has the focus, and revoke a token.
  [".sidebar *", ["Delete"]],
];

/** Whether what has the focus does something of its own with the key. */
export function isUsed({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (SCROLLS.includes(key) && target.matches(SCROLLED)) {
    return target.scrollHeight > target.clientHeight;
  }
  return USED.some(([css, keys]) => keys.includes(key) && target.matches(css));
}

/** The keys for what the other button of the mouse does. */
export const asksForMenu = ({ key, shiftKey }: KeyPress) =>
  key === "ContextMenu" || (key === "F10" && shiftKey);

/** The keys for a page on paper. */
export const asksToPrint = (event: KeyPress) => chord(event) === "Ctrl+p";

/** The key that saves what a screen has to a file. */
export const asksToExport = (event: KeyPress) => chord(event) === "e";

function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const name = latin(key, code);
  const letter = /^[a-z]$/.test(name);
  // Signs such as ? need Shift on some keyboards and not on others; a movement with it is the same,
  // and selects on its way.
  const shift = shiftKey && letter ? "Shift+" : "";
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift}${name}`;
}

/** The name of a key; of one with a letter of another script, the Latin letter in its place. */
function latin(key: string, code: string): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const other = /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  return (other ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined) ?? key;
}
