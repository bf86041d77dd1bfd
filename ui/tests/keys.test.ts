import { expect, test } from "vitest";

import { anywhere, connectionNumber, GoTo, inGrid } from "../src/keys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test.each([
  ["/", "search"],
  ["ArrowDown", "down"],
  ["j", "down"],
  ["ArrowUp", "up"],
  ["k", "up"],
  ["PageDown", "pageDown"],
  ["PageUp", "pageUp"],
  ["Home", "first"],
  ["End", "last"],
  ["Enter", "open"],
  ["c", "create"],
  ["Delete", "revoke"],
  ["s", "sort"],
  ["Escape", "back"],
  ["x", "select"],
  ["y", null],
])("%s in the grid asks for %s", (key, command) => {
  expect(inGrid(press(key))).toBe(command);
});

test("signs are known by the sign, whatever keys make it", () => {
  expect(inGrid(press("?", { shiftKey: true }))).toBe("help");
  expect(inGrid(press("/", { shiftKey: true }))).toBe("search");
});

test("letters are known with Caps Lock on, and with Shift they mean something else", () => {
  expect(inGrid(press("C"))).toBe("create");
  expect(inGrid(press("S", { shiftKey: true }))).toBe("turnSort");
  expect(inGrid(press("C", { shiftKey: true }))).toBeNull();
});

test("with Ctrl or Alt a letter is no single key", () => {
  expect(inGrid(press("c", { ctrlKey: true }))).toBeNull();
  expect(inGrid(press("j", { altKey: true }))).toBeNull();
});

test("few keys work anywhere, and no single letter does", () => {
  expect(anywhere(press("n", { ctrlKey: true }))).toBe("create");
  expect(anywhere(press("r", { ctrlKey: true }))).toBe("refresh");
  expect(anywhere(press("F5"))).toBe("refresh");
  for (const key of "abcdefghijklmnopqrstuvwxyz/?") expect(anywhere(press(key))).toBeNull();
});

test("a G and a letter go to a screen, and nothing else does", () => {
  const going = new GoTo();
  const screens = (keys: string) => [...keys].map((it) => going.screen(press(it)));
  expect(screens("t")).toEqual([null]);
  expect(screens("ga")).toEqual([null, "audit"]);
  expect(screens("t")).toEqual([null]);
  expect(screens("ggj")).toEqual([null, null, "activity"]);
  expect(screens("gxt")).toEqual([null, null, null]);
  expect(going.screen(press("g", { ctrlKey: true }))).toBeNull();
  expect(screens("t")).toEqual([null]);
});

test("Ctrl and a digit name a connection; a digit alone, or with Alt too, is no command", () => {
  expect(connectionNumber(press("1", { ctrlKey: true }))).toBe(1);
  expect(connectionNumber(press("9", { ctrlKey: true }))).toBe(9);
  expect(connectionNumber(press("0", { ctrlKey: true }))).toBe(0);
  expect(connectionNumber(press("1"))).toBeNull();
  expect(connectionNumber(press("1", { ctrlKey: true, altKey: true }))).toBeNull();
  expect(connectionNumber(press("F1", { ctrlKey: true }))).toBeNull();
});
