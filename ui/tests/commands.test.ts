/** The table of commands has every act of the app, and the palette finds every one of its entries. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";

import { acts, keysFor, tokenActs } from "../src/commands/table";
import type { CommandId } from "../src/commands/table";
import { actText } from "../src/commands/messages";
import { activityText } from "../src/activity/messages";
import { auditText } from "../src/audit/messages";
import { shortcutText } from "../src/dialogs/messages";
import { foundText } from "../src/found/messages";
import * as keys from "../src/keys";
import { leaksText } from "../src/leaks/messages";
import { selectionText } from "../src/list/messages";
import { shownKeys } from "../src/menu/shown-keys";
import { fit } from "../src/palette/fuzzy";
import { m } from "../src/messages";
import { rotationsText } from "../src/rotation/messages";
import { searchText } from "../src/search/messages";
import { settle } from "./fake";
import { click, open, press } from "./open";
import { answer, start } from "./samples";

beforeEach(() => {
  // The page under test has no popovers; the window's tests have.
  HTMLElement.prototype.showPopover = () => undefined;
});

const all = Object.entries({ ...acts, ...tokenActs }) as [CommandId, { words: string }][];

/** Buttons that say less, or more, than the table: what is around them says the rest. */
const SAME: Readonly<Record<string, CommandId>> = {
  [m.title]: "tokens",
  [m.rotations]: "rotations",
  [m.leaks]: "leaks",
  [m.incidents]: "incidents",
  [m.auditReport]: "audit",
  [m.activity]: "activity",
  [m.preferences]: "preferences",
  [m.statusBar.commands]: "palette",
  [m.statusBar.shortcuts]: "help",
  [m.statusBar.asOf("14:02")]: "refresh",
  [selectionText.plan]: "revoke",
  [selectionText.clear]: "selectNone",
  [rotationsText.rotate]: "rotate",
  [auditText.formats.csv]: "exportCsv",
  [auditText.formats.json]: "exportJson",
  [auditText.formats.html]: "exportHtml",
  [activityText.exportCsv]: "exportActivity",
  [leaksText.usual]: "scanUsual",
  [leaksText.folder]: "scanFolder",
  [leaksText.pasted]: "scanPasted",
  [foundText.paste]: "found",
  [searchText.chosen("project", [])]: "filterProject",
  [searchText.chosen("scope", [])]: "filterScope",
  [searchText.chosen("creator", [])]: "filterCreator",
};

/** What a button says, without its key and its count. */
function saysOf(button: Element): string {
  const copy = button.cloneNode(true) as Element;
  for (const it of copy.querySelectorAll("[aria-hidden], .count, small, .tile")) it.remove();
  return (button.getAttribute("aria-label") ?? copy.textContent).trim();
}

const words = new Set(all.map(([, it]) => it.words));
const isAct = (says: string) => says in SAME || words.has(says);

/** Those that are none in the table. */
const strangers = (css: string) => {
  const buttons = [...document.querySelectorAll(css)].map(saysOf);
  expect(buttons.length, css).toBeGreaterThan(0);
  return buttons.filter((says) => !isAct(says));
};

test("every button of the window is in the table", async () => {
  const selected = 1;
  await open(start(), { tokensQuery: (request) => ({ ...answer(request), selected }) });
  await press("ArrowDown");
  await press("x");
  for (const css of [".head .actions button", ".selection button", ".facets button.facet"])
    expect(strangers(css)).toEqual([]);
  expect(strangers(".status-bar button, .columns, #connection-menu button")).toEqual([]);
  expect(strangers(".sidebar .sidebar-item")).toEqual([]);
  document.querySelector(".row")?.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true }));
  await settle();
  expect(strangers("[role=menu].of-row [role=menuitem]")).toEqual([]);
});

test.each(["audit", "activity", "rotations", "leaks"] as const)(
  "every button in the head of %s is in the table",
  async (name) => {
    const titles = {
      audit: m.auditReport,
      activity: m.activity,
      rotations: m.rotations,
      leaks: m.leaks,
    };
    await open();
    await click(new RegExp(`^${titles[name]}`));
    const css = name === "leaks" ? ".leaks button" : "main .head button";
    expect(strangers(css)).toEqual([]);
  },
);

test("every key of the list and the window is that of an entry", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789/?,.-+"];
  const names = [
    "Enter",
    "Escape",
    "Delete",
    " ",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "ArrowUp",
    "ArrowDown",
    "F5",
  ];
  const held = [{}, { ctrlKey: true }, { shiftKey: true }];
  const pressed = [...letters, ...names].flatMap((key) =>
    held.map((it) => new KeyboardEvent("keydown", { key, ...it })),
  );
  const heard = pressed.flatMap((event) => [keys.anywhere(event), keys.single(event)]);
  const ids = new Set(heard.filter((id) => id !== null));
  expect(ids.size).toBeGreaterThan(18);
  expect([...ids].filter((id) => !(id in acts) && !(id in tokenActs))).toEqual([]);
});

test("no two entries have the same words, and none the same keys", () => {
  const of = (said: readonly string[]) => said.filter((it, at) => said.indexOf(it) !== at);
  expect(of(all.map(([, it]) => it.words))).toEqual([]);
  expect(of(all.flatMap(([id]) => shownKeys(keysFor(id))))).toEqual([]);
});

test("every other entry is in the palette, and found by its words before any other", async () => {
  await open();
  await press("k", { ctrlKey: true });
  const listed = screen.queryAllByRole("option").map((it) => it.querySelector("bdi")?.textContent);
  // Whoever reads it sees that it is shown.
  const shown = all.filter(([, it]) => !listed.includes(it.words));
  expect(shown.map(([id]) => id)).toEqual(["palette"]);
  const score = (it: string, typed: string) => fit(it, typed)?.score ?? -Infinity;
  for (const typed of words)
    expect([...words].sort((a, b) => score(b, typed) - score(a, typed))[0]).toBe(typed);
});

test("the help tells every key, and nothing else does", async () => {
  await open();
  await press("?");
  const terms = [
    ...screen.getByRole("dialog", { name: shortcutText.title }).querySelectorAll("dt .kbd"),
  ];
  const told = terms.map((it) => it.textContent);
  expect(told).toEqual(all.flatMap(([id]) => shownKeys(keysFor(id))));
  expect(told).toContain("Ctrl K");
  expect(told).toContain("Ctrl 1 – Ctrl 8");
  expect(screen.getByText(actText.palette)).toBeTruthy();
});
