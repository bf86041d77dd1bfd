import { expect, test } from "vitest";

import { anywhere, connectionNumber, GoTo, single } from "../src/keys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  code: "",
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
])("%s asks for %s", (key, command) => {
  expect(single(press(key))).toBe(command);
});

test("signs are known by the sign, whatever keys make it", () => {
  expect(single(press("?", { shiftKey: true }))).toBe("help");
  expect(single(press("/", { shiftKey: true }))).toBe("search");
});

test("letters are known with Caps Lock on, and with Shift they mean something else", () => {
  expect(single(press("C"))).toBe("create");
  expect(single(press("S", { shiftKey: true }))).toBe("turnSort");
  expect(single(press("C", { shiftKey: true }))).toBeNull();
});

test("with Ctrl or Alt a letter is no single key", () => {
  expect(single(press("c", { ctrlKey: true }))).toBeNull();
  expect(single(press("j", { altKey: true }))).toBeNull();
});

test("few keys work anywhere, and no single letter does", () => {
  expect(anywhere(press("n", { ctrlKey: true }))).toBe("create");
  expect(anywhere(press("r", { ctrlKey: true }))).toBe("refresh");
  expect(anywhere(press("F5"))).toBe("refresh");
  expect(anywhere(press("f", { ctrlKey: true }))).toBe("search");
  for (const key of "abcdefghijklmnopqrstuvwxyz/?") expect(anywhere(press(key))).toBeNull();
});

test.each([
  ["о", "KeyJ", {}, "down"],
  ["Ч", "KeyX", {}, "select"],
  ["ς", "KeyW", {}, null],
  ["ψ", "KeyC", {}, "create"],
  ["ф", "KeyA", { ctrlKey: true }, "selectAll"],
])("%s on the key %s is known by the key", (key, code, held, command) => {
  expect(single(press(key, { code, ...held }))).toBe(command);
});

test("a Latin letter is known by the letter, wherever its key is", () => {
  expect(single(press("a", { code: "KeyQ", ctrlKey: true }))).toBe("selectAll");
  expect(single(press("é", { code: "Digit2" }))).toBeNull();
  expect(single(press("ß", { code: "KeyS" }))).toBeNull();
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
  expect(connectionNumber(press("0", { ctrlKey: true }))).toBeNull();
  expect(connectionNumber(press("1"))).toBeNull();
  expect(connectionNumber(press("1", { ctrlKey: true, altKey: true }))).toBeNull();
  expect(connectionNumber(press("F1", { ctrlKey: true }))).toBeNull();
});
