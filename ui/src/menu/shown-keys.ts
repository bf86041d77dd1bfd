/** Keys as people know them. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  PageDown: "PgDn",
  PageUp: "PgUp",
  Delete: "Del",
  Escape: "Esc",
};

/** A key and those held with it: `Ctrl N`. */
const shown = (key: string) =>
  key
    .split(/\+(?=.)/)
    .map((part) => NAMES[part] ?? part)
    .join(" ");

/** Each of the keys of an act. */
export const shownKeys = (keys: string): string[] =>
  keys === "" ? [] : keys.split(" ").map((key) => shown(key).replace("-", " ").replace("–", " – "));
