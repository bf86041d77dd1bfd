import { cleanup, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { createText } from "../src/create/messages";
import { m } from "../src/messages";
import { fails, later, settle, tell } from "./fake";
import {
  chooseItem,
  button,
  choose,
  click,
  field,
  noteOf,
  open,
  pick,
  press,
  radio,
  select,
  text,
  type,
} from "./open";
import type { StartView } from "../src/ipc";
import { answer, connection, staging, start, status } from "./samples";

type Given = Parameters<typeof open>[1];
const both = [connection, staging];

/** Opens the page on several connections, of which one is shown, or all. */
function several(shown: number | null = 1, given: Given = {}, connections = both) {
  const now = status({ shown, connections });
  return open(start({ status: now }), { tokensSync: () => now, ...given });
}

const menu = () => within(screen.getByRole("navigation"));
/** The entries of the switcher, as they read. */
const entries = () =>
  [...document.querySelectorAll(".switch")].map((entry) => entry.textContent?.replace(/\s+/g, " "));

test("the switcher lists the connections in their order, and says which one is shown", async () => {
  await several(7);
  expect(entries()).toEqual([
    expect.stringContaining("Nordlys Apps Production · app.nt3.io"),
    expect.stringContaining("Staging server Staging · entri.staging.example"),
    expect.stringContaining("All connections"),
  ]);
  const current = menu().getAllByRole("menuitem", { current: true });
  expect(current.map((entry) => entry.textContent)).toEqual([
    expect.stringContaining("Staging server"),
  ]);
});

// All may be what is shown when only one is left, such as without the sandbox after a restart.
test.each([1, null])("one alone has no switcher, and all its actions: shown %s", async (shown) => {
  const { called } = await several(shown, {}, [connection]);
  expect(entries()).toEqual([]);
  await press("9", { ctrlKey: true });
  expect(called("connectionsShow")).toEqual([]);
  for (const name of ["Edit connection…", "Disconnect…", "Sign in again…"]) await chooseItem(name);
  expect(screen.getByRole("dialog", { name: "Sign in again to Nordlys Apps" })).toBeTruthy();
});

test.each([
  ["2", 7],
  ["1", 1],
  ["9", null],
])("Ctrl+%s shows the connection of that number, 9 all of them", async (key, id) => {
  const { called } = await several();
  expect((await press(key, { ctrlKey: true })).defaultPrevented).toBe(true);
  expect(called("connectionsShow")).toEqual([["connectionsShow", id]]);
  expect(called("connectionsStart"), "the page starts anew with its list").toHaveLength(1);
});

test("a number nobody has, and any number while something is asked, change nothing", async () => {
  const { called } = await several();
  await press("3", { ctrlKey: true });
  await press("c");
  await press("2", { ctrlKey: true });
  expect(called("connectionsShow")).toEqual([]);
  expect(screen.getByRole("dialog", { name: "Create token" })).toBeTruthy();
});

test("the switcher shows another connection, and a failure of that is said", async () => {
  const { called } = await several(1, {
    connectionsShow: fails("notConnected", "It is not there any more."),
  });
  menu()
    .getByRole("menuitem", { name: /^Staging server/ })
    .click();
  await settle();
  expect(called("connectionsShow")).toEqual([["connectionsShow", 7]]);
  expect(text()).toContain("It is not there any more.");
});

test("where all are shown each row names its connection, else none does", async () => {
  const rows = answer({ top: 0, len: 2, seq: 0, anchor: null }, 2);
  const [first, second] = rows.rows;
  if (first === undefined || second === undefined) throw new Error("the sample has two rows");
  const list = { ...rows, rows: [first, { ...second, key: { ...second.key, connection: 7 } }] };
  const now = status({ shown: null, connections: both });
  await open(start({ list, status: now }), { tokensSync: () => now });
  expect(screen.getByText("t-0 · Nordlys Apps · Organization")).toBeTruthy();
  expect(screen.getByText("t-1 · Staging server · Organization")).toBeTruthy();
  expect(menu().getByText("2 connections")).toBeTruthy();
  expect(text()).toContain("2 tokens · 3 projects");
  cleanup();
  await several();
  expect(screen.getByText("t-0 · Organization")).toBeTruthy();
});

test("another connection is not shown before its list is there", async () => {
  const asked = later<StartView>();
  await several(1, { connectionsStart: () => asked.promise });
  await press("2", { ctrlKey: true });
  const now = status({ shown: 7, connections: both });
  await tell.changed(now);
  await settle();
  expect(menu().getAllByText("Nordlys Apps")[0]?.tagName, "the name of what is shown").toBe("BDI");
  expect(text()).toContain("48 tokens");
  const list = answer({ top: 0, len: 3, seq: 0, anchor: null }, 3);
  asked.resolve(start({ list, status: now }));
  await settle();
  expect(text()).toContain("3 tokens");
});

test("a token is made at the connection that is chosen, in one of its own projects", async () => {
  const { called } = await several(null);
  await press("c");
  const named = () => [...select("Project").options].map(({ text }) => text);
  expect([...select(createText.connection).options].map(({ text }) => text)).toEqual([
    "Nordlys Apps · app.nt3.io",
    "Staging server · entri.staging.example",
  ]);
  await pick("Project", 1);
  await pick("Connection", 1);
  expect(named()).toEqual(["Organization", "Docs", "Old app (archived)"]);
  const check = called("tokensCheckCreate").at(-1)?.[1];
  expect(check, "no project of the other").toMatchObject({ connection: 7, projectId: null });
  await pick("Project", 1);
  await type("Name", "ci");
  await click("Create token");
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({ connection: 7, projectId: "p-7" });
});

test("where one is shown a token is made there, and nothing is asked", async () => {
  const { called } = await several(7);
  await press("c");
  expect(screen.queryByRole("combobox", { name: createText.connection })).toBeNull();
  await type("Name", "ci");
  await click("Create token");
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({ connection: 7, projectId: null });
});

test("what tells a connection apart can be changed, all of it", async () => {
  const { called } = await several();
  await chooseItem(m.menu.edit);
  expect(document.activeElement).toBe(field("Name"));
  expect(radio("Production").checked && radio("Teal").checked).toBe(true);
  await type("Name", "Live");
  await choose("Development");
  await choose("Amber");
  await pick("Position", 1);
  await click("Save");
  const look = { id: 1, label: "Live", environment: "development", color: 4, position: 1 };
  expect(called("connectionsChange")).toEqual([["connectionsChange", look]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the sandbox is no environment, and its name is selected to be typed over", async () => {
  const sandbox = { ...connection, sandbox: true };
  await open(start({ status: status({ connections: [sandbox] }) }), {
    tokensSync: () => status({ connections: [sandbox] }),
  });
  await chooseItem("Edit connection…");
  expect(screen.queryByRole("radio", { name: "Production" })).toBeNull();
  const name = field("Name");
  expect(document.activeElement).toBe(name);
  expect([name.selectionStart, name.selectionEnd]).toEqual([0, sandbox.label.length]);
});

test("a name that is refused stays in the dialog, with the reason and the focus at it", async () => {
  await several(1, { connectionsChange: fails("invalid", "Enter a name for the connection.") });
  await chooseItem(m.menu.edit);
  await type("Name", "");
  await choose("Pink");
  button("Save").focus();
  await click("Save");
  expect(noteOf("Name")).toContain("Enter a name for the connection.");
  expect(document.activeElement).toBe(field("Name"));
  expect(radio("Pink").checked).toBe(true);
  await type("Name", "L");
  expect(noteOf("Name")).not.toContain("Enter a name for the connection.");
});

test("a connection whose list did not load whole is marked, in words too", async () => {
  await several(1, {}, [connection, { ...staging, troubled: true }]);
  const [first, second] = entries();
  expect(first).not.toContain(m.menu.troubled);
  expect(second).toContain(m.menu.troubled);
});
