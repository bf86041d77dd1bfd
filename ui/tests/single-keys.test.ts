/** Keys that act on the list from wherever the focus is, but for where they are meant for something else. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { activityText } from "../src/activity/messages";
import { shortcutText } from "../src/dialogs/messages";
import { m } from "../src/messages";
import { settle } from "./fake";
import { button, click, field, grid, open, press } from "./open";
import { key, start } from "./samples";

const search = () => field(m.search);
const head = () => screen.getByRole("columnheader", { name: "Name" }).querySelector("button");
const active = () => document.querySelector(".row.active")?.getAttribute("data-position");

/** Presses the mouse on something, which takes the focus there. */
async function clickOn(element: HTMLElement | null): Promise<void> {
  element?.focus();
  element?.click();
  await settle();
  expect(document.activeElement).toBe(element);
}

const places: [string, () => HTMLElement | null][] = [
  ["a card", () => button(/Stale/)],
  ["a column head", head],
];

test.each(places)("after a click on %s the keys go on", async (_, place) => {
  await open();
  await clickOn(place());
  await press("?");
  expect(screen.getByRole("heading", { name: shortcutText.title })).toBeTruthy();
  await press("Escape");
  await press("ArrowDown");
  expect(active()).toBe("0");
  expect(document.activeElement).toBe(grid());
  place()?.focus();
  await press("j");
  expect(active()).toBe("1");
  place()?.focus();
  await press("/");
  expect(document.activeElement).toBe(search());
});

test("Enter and Space press the button that has the focus, and open no row", async () => {
  const { called } = await open();
  await press("ArrowDown");
  button(/Stale/).focus();
  for (const pressed of ["Enter", " "]) {
    expect((await press(pressed)).defaultPrevented).toBe(false);
  }
  expect(called("tokensDetails")).toEqual([]);
  expect(called("tokensToggle")).toEqual([]);
  await press("x");
  expect(called("tokensToggle")).toEqual([["tokensToggle", key(0)]]);
});

test("what is typed is no command", async () => {
  const { called } = await open();
  await press("ArrowDown");
  search().focus();
  for (const typed of ["c", "x", "?", "j", "Delete", " ", "g", "a"]) {
    expect((await press(typed)).defaultPrevented).toBe(false);
  }
  expect(document.querySelector("dialog")).toBeNull();
  expect(called("tokensToggle")).toEqual([]);
  expect(active()).toBe("0");
  // So is what an input method composes, wherever it does.
  await press("c", { isComposing: true }, grid());
  expect(document.querySelector("dialog")).toBeNull();
});

test("a dialog and an open menu keep their keys", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("c");
  const cancel = button(m.cancel);
  for (const typed of ["x", "j", "/", "g", "j"]) await press(typed, {}, cancel);
  expect(called("tokensToggle")).toEqual([]);
  expect(document.activeElement).not.toBe(search());
  await press("Escape");
  const inMenu = document.querySelector("#connection-menu button");
  await press("x", {}, inMenu as Element);
  expect(called("tokensToggle")).toEqual([]);
});

test("Ctrl F goes to the search, also from a field", async () => {
  await open();
  expect((await press("f", { ctrlKey: true })).defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(search());
  expect((await press("f", { ctrlKey: true })).defaultPrevented).toBe(true);
});

test("Escape undoes the latest of selection, details and filter, wherever the focus is", async () => {
  const { called } = await open();
  await clickOn(button(/Stale/));
  await press("ArrowDown");
  await press("Enter");
  button(/shortcuts/).focus();
  await press("Escape");
  expect(document.querySelector(".details")).toBeNull();
  expect(document.activeElement).toBe(button(/shortcuts/));
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ view: "stale" });
  await press("Escape");
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ view: "all" });
});

test("no key acts on a row that is not in sight", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("g");
  await press("a");
  for (const pressed of ["x", "Enter", "Delete", "d", "n"]) await press(pressed, {}, document.body);
  expect(called("tokensToggle")).toEqual([]);
  expect(called("tokensDetails")).toEqual([]);
  expect(called("tokensPreviewRevoke")).toEqual([]);
  expect(document.querySelector("dialog")).toBeNull();
  await press("/", {}, document.body);
  expect(document.activeElement).toBe(search());
});

test("on the activity screen the search is its own", async () => {
  await open();
  await press("g");
  await press("j");
  await press("/", {}, document.body);
  expect(document.activeElement).toBe(field(activityText.filter));
});

test("a screen chosen in the sidebar has the keyboard", async () => {
  await open();
  await click(/^Audit report/);
  expect(document.activeElement?.closest("main")).not.toBeNull();
  await click(/^API tokens/);
  expect(document.activeElement).toBe(grid());
});

test("details that are scrolled keep the keys for it", async () => {
  await open(start());
  await press("ArrowDown");
  await press("Enter");
  const text = document.querySelector<HTMLElement>(".details .scroll");
  text?.focus();
  await press("ArrowDown");
  expect(active()).toBe("1");
  Object.defineProperty(text, "scrollHeight", { value: 900 });
  text?.focus();
  expect((await press("ArrowDown")).defaultPrevented).toBe(false);
  expect(active()).toBe("1");
  await press("j");
  expect(active()).toBe("2");
});
