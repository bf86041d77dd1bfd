/**
 * The keyboard: which key asks for what. These are the keys in the table of commands (`commands/table.ts`) that the window
 * starts with; its other parts are loaded later.
 */

import type { Screen } from "./screen";
import { settings } from "./settings/followed.svelte";

/** Keys that work wherever the focus is. */
const ANYWHERE = {
  create: "Ctrl+N",
  search: "Ctrl+F",
  refresh: "Ctrl+R F5",
  palette: "Ctrl+K",
  preferences: "Ctrl+,",
} as const;

/** Keys that work if nothing is being typed and nothing lies over the page. */
const SINGLE = {
  search: "/",
  down: "ArrowDown J",
  up: "ArrowUp K",
  pageDown: "PageDown",
  pageUp: "PageUp",
  first: "Home",
  last: "End",
  select: "X Space",
  selectAll: "Ctrl+A",
  open: "Enter",
  create: "C",
  decide: "D",
  note: "N",
  revoke: "Delete",
  rotate: "R",
  sort: "S",
  turnSort: "Shift+S",
  help: "?",
  back: "Escape",
} as const;

export type Command = keyof typeof ANYWHERE | keyof typeof SINGLE;

/** Instead of the number of a connection. Ctrl 0 resets the zoom, as in browsers. */
export const ALL_CONNECTIONS = 9;

/** The key that shows a connection, by its number. */
export const connectionKey = (number: number) => `Ctrl+${number}`;

/** The number of a connection, counted from 1, or that of all of them. */
export function connectionNumber(event: KeyPress): number | null {
  const digit = /^Ctrl\+([1-9])$/.exec(chord(event))?.[1];
  return digit === undefined ? null : Number(digit);
}

/** The letters that go to a screen after a G. */
export const SCREENS = {
  tokens: "T",
  rotations: "R",
  leaks: "L",
  audit: "A",
  activity: "J",
} as const;

/** What is done by these keys, if anything. */
const by = <Id extends string>(keys: Readonly<Record<Id, string>>, event: KeyPress): Id | null =>
  (Object.keys(keys) as Id[]).find((id) => hears(event, keys[id])) ?? null;

/** G, then the letter of a screen. */
export class GoTo {
  #begun = false;

  /** The screen that is gone to with this key; `null` while it is none. */
  screen(event: KeyPress): Screen | null {
    const screen = this.#begun ? by(SCREENS, event) : null;
    this.#begun = screen === null && hears(event, "G");
    return screen;
  }
}

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "code">;

export const anywhere = (event: KeyPress): Command | null => by(ANYWHERE, event);

export const single = (event: KeyPress): Command | null => by(SINGLE, event);

/** Whether it is one of these keys, as the tables above write them. */
export const hears = (event: KeyPress, keys: string) => keys.split(" ").includes(chord(event));

/** The keys of an act of the list or the window; empty if it has none. */
export const keysOf = (id: string): string =>
  [SINGLE, ANYWHERE].flatMap((keys: Readonly<Record<string, string>>) => keys[id] ?? []).join(" ");

/** The first of some keys, as it is shown on their button. */
export const keyHint = (keys: string) => keys.split(" ")[0]?.replace("+", " ");

/** As a button tells a screen reader. */
export const ariaKeys = (keys: string) => keys.replaceAll("Ctrl", "Control");

/** A letter or sign, alone or with Shift. */
const SIGN = /^(Shift\+)?\S$/;

const TYPED_INTO =
  "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])";

/** Whether the page is to leave a key alone: it is part of a text, or meant for a dialog or a menu. */
export function isTaken(event: KeyboardEvent): boolean {
  const { target, isComposing, defaultPrevented } = event;
  if (settings.now.singleKeys === false && SIGN.test(chord(event))) return true;
  if (isComposing || defaultPrevented || document.querySelector(LIES_OVER) !== null) return true;
  return target instanceof Element && target.closest(`${TYPED_INTO}, form, [popover]`) !== null;
}

/** The key that selects all the text of a page; a dialog is none. */
export const selectsAll = (event: KeyPress) => hears(event, SINGLE.selectAll);

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

function chord({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const name = latin(key, code);
  const letter = /^[A-Z]$/.test(name);
  // Signs such as ? need Shift on some keyboards and not on others; a movement with it is the same,
  // and selects on its way.
  const shift = shiftKey && letter ? "Shift+" : "";
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift}${name}`;
}

/** The name of a key; of one with a letter of another script, the Latin letter in its place. */
function latin(key: string, code: string): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const other = /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  return (other ? /^Key([A-Z])$/.exec(code)?.[1] : undefined) ?? (key === " " ? "Space" : key);
}
