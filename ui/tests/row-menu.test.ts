/** The menu of a row: by the pointer, or the key for it. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";

import { activityText } from "../src/activity/messages";
import { m } from "../src/messages";
import { rowMenu } from "../src/menu/messages";
import { notesText } from "../src/notes/messages";
import { settle } from "./fake";
import { button, field, grid, open, press, text } from "./open";
import { connection, key, start, status } from "./samples";

beforeEach(() => {
  // The page under test has no popovers; the window's tests have.
  HTMLElement.prototype.showPopover = () => undefined;
});

async function ask(on: Element): Promise<void> {
  on.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }));
  await settle();
}

const menu = () => screen.queryByRole("menu", { name: rowMenu.label });
const row = (at: number) => document.querySelector(`.row[data-position="${at}"]`) as Element;
const entry = (name: RegExp) => screen.getByRole<HTMLButtonElement>("menuitem", { name });

test("it is of the row it was asked on, and an entry does what its key does", async () => {
  const { called } = await open();
  await ask(row(2));
  expect(row(2).classList.contains("active")).toBe(true);
  expect(document.activeElement).toBe(entry(/^Show details/));
  await press("g");
  await press("a");
  expect(menu()).not.toBeNull();
  await press("ArrowDown");
  await press("ArrowDown");
  await press("ArrowUp");
  expect(document.activeElement).toBe(entry(/^Select/));
  entry(/^Edit place and note…/).click();
  await settle();
  expect(menu()).toBeNull();
  expect(called("tokensDetails")).toEqual([["tokensDetails", key(2)]]);
  expect(document.activeElement).toBe(field(notesText.place));
});

test("the keys for it mean the row the keyboard is on, and no row has none", async () => {
  await open();
  await press("ContextMenu");
  expect(menu()).toBeNull();
  await press("ArrowDown");
  await press("ContextMenu");
  expect(menu()).not.toBeNull();
  await press("Escape");
  expect(menu()).toBeNull();
  expect(document.activeElement).toBe(grid());
  await press("ArrowDown");
  expect((await press("F10", { shiftKey: true })).defaultPrevented).toBe(true);
  entry(/^Revoke…/).click();
  await settle();
  expect(screen.getByRole("heading", { name: "Revoke “token-1”?" })).toBeTruthy();
});

test("Home and End go to its ends, and a letter to the next entry that begins with it", async () => {
  await open();
  await ask(row(2));
  const goesTo = async (key: string, name: RegExp) => {
    await press(key);
    expect(document.activeElement).toBe(entry(name));
  };
  await goesTo("End", /^Revoke…/);
  await goesTo("Home", /^Show details/);
  await goesTo("c", /^Copy name/);
  await goesTo("C", /^Copy ID/);
  await goesTo("c", /^Copy name/);
  await goesTo("q", /^Copy name/);
});

test("name and id are copied, and the activity shown is the token's", async () => {
  const { called } = await open();
  await ask(row(1));
  entry(/^Copy name/).click();
  await settle();
  expect(called("tokensCopyName")).toEqual([["tokensCopyName", key(1)]]);
  expect(text()).toContain(m.copied);
  await ask(row(1));
  entry(/^Copy ID/).click();
  await settle();
  expect(called("tokensCopyId")).toEqual([["tokensCopyId", key(1)]]);
  await ask(row(1));
  entry(/^View activity/).click();
  await settle();
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  expect(field(activityText.filter).value).toBe("t-1");
});

test("the panel copies the id of its token", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("Enter");
  button(rowMenu.copyId).click();
  await settle();
  expect(called("tokensCopyId")).toEqual([["tokensCopyId", key(0)]]);
  expect(text()).toContain(m.copied);
});

test("the other button opens no details", async () => {
  const { called } = await open();
  row(1).dispatchEvent(new MouseEvent("click", { bubbles: true, button: 2, clientX: 100 }));
  await settle();
  expect(called("tokensDetails")).toEqual([]);
  row(1).dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: 100 }));
  await settle();
  expect(called("tokensDetails")).toEqual([["tokensDetails", key(1)]]);
});

test("what may not be done is greyed, with the reason", async () => {
  const closed = () => status({ connections: [{ ...connection, forbidden: true }] });
  await open(start({ status: closed() }), { tokensSync: closed });
  await ask(row(0));
  for (const name of [/^Duplicate…/, /^Revoke…/]) {
    expect(entry(name).disabled).toBe(true);
    expect(entry(name).title).toContain("Only owners and admins");
  }
  expect(entry(/^Keep until…/).disabled).toBe(false);
});
