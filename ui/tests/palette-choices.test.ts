/** The palette: that it does what was meant, with the token that was meant, and nothing by accident. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";

import { paletteText } from "../src/palette/messages";
import { actText, whyNot } from "../src/commands/messages";
import { leaksText } from "../src/leaks/messages";
import { selectionText } from "../src/list/messages";
import { m } from "../src/messages";
import { rowMenu } from "../src/menu/messages";
import { audit } from "./audit-sample";
import { later, settle } from "./fake";
import type { QueryRequest } from "../src/ipc";
import { click, grid, open, press } from "./open";
import {
  actionsFor,
  active,
  ask,
  labels,
  noTokens,
  option,
  options,
  palette,
  run,
  says,
  told,
} from "./palette-page";
import { answer, connection, key, start, status } from "./samples";

beforeEach(() => {
  // The page under test has no popovers; the window's tests have.
  HTMLElement.prototype.showPopover = () => undefined;
});

const held = () => press("Enter", { repeat: true });
const dialog = () => document.querySelector("dialog[open]");
const rowOn = () => document.querySelector(".row.active")?.getAttribute("data-position");
/** The first question for a token finds a few. */
const fewFound = {
  tokensQuery: (it: Parameters<typeof noTokens>[0]) => answer(it, it.text ? 3 : 48),
};

test.each([
  m.createToken,
  rowMenu.rotate,
  rowMenu.like,
  rowMenu.revoke,
  rowMenu.decide,
  m.menu.edit,
  m.menu.disconnect,
])("an Enter that is held down opens “%s”, and presses nothing in it", async (words) => {
  await open(start(), { tokensQuery: noTokens });
  grid().focus();
  await press("ArrowDown");
  await run(words);
  expect(palette()).toBeNull();
  expect(dialog()).not.toBeNull();
  expect((await held()).defaultPrevented).toBe(true);
});

test("an Enter that is held down chooses nothing, and begins lines in a text", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask("verify");
  await held();
  expect(palette()).not.toBeNull();
  const lines = document.createElement("textarea");
  dialog()?.append(lines);
  expect((await press("Enter", { repeat: true }, lines)).defaultPrevented).toBe(false);
  const sent = await press("Enter", { repeat: true, ctrlKey: true }, lines);
  expect(sent.defaultPrevented).toBe(true);
});

test("a pointer at rest takes nothing from the keyboard", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask();
  const moved = async (to: number, screenX: number) => {
    const event = new MouseEvent("pointermove", { bubbles: true, screenX, screenY: 5 });
    options()[to]?.dispatchEvent(event);
    await settle();
  };
  await moved(4, 100);
  expect(active()).not.toBe(options()[4]);
  await press("ArrowDown");
  const on = active();
  await moved(5, 100);
  expect(active()).toBe(on);
  await moved(5, 101);
  expect(active()).toBe(options()[5]);
});

test("Enter on what fits best tells why it isn't possible, and does nothing else", async () => {
  const { called } = await open();
  await ask("revoke…");
  expect(labels()).toContain("token-0");
  expect(active()).toBe(option(rowMenu.revoke));
  await press("Enter");
  expect(palette()).not.toBeNull();
  expect(told()).toBe(whyNot.noRow);
  expect(called("tokensDetails")).toEqual([]);
  await press("ArrowDown");
  expect(told()).toBe(paletteText.matches(options().length));
});

test("other words find it too, each of them, and before letters by chance", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask("scan");
  const scans = [actText.scanUsual, actText.scanFolder, actText.scanPasted];
  expect(labels().slice(0, 4).sort()).toEqual([...scans, actText.goTo(m.leaks)].sort());
  const first = async (typed: string) => {
    await ask(typed);
    return labels()[0];
  };
  expect(await first("new token")).toBe(m.createToken);
  await ask("delete");
  expect(labels().slice(0, 2).sort()).toEqual([actText.deleteView, rowMenu.revoke].sort());
  expect(await first("organization sign out")).toBeUndefined();
  expect(await first("server log in")).toBe(m.menu.connect);
  expect(await first("journal go")).toBe(actText.goTo(m.activity));
});

test("what is done in the list with a token shows it there", async () => {
  const { called } = await open(start(), fewFound);
  await click(new RegExp(`^${m.auditReport}`));
  await actionsFor("token-1");
  await run("show det");
  expect(document.activeElement).toBe(grid());
  expect(rowOn()).toBe("1");
  expect(called("tokensDetails").at(-1)).toEqual(["tokensDetails", key(1)]);
  await actionsFor("token-2");
  await run("select");
  expect(called("tokensToggle")).toEqual([["tokensToggle", key(2)]]);
  expect(rowOn()).toBe("2");
  expect(called("tokensDetails").at(-1)).toEqual(["tokensDetails", key(2)]);
});

test("of a scan that isn't in sight, nothing is said", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask("scan");
  for (const words of [leaksText.cancel, actText.exportScan])
    expect(says(option(words))).toBe(whyNot.leaksFirst);
  await press("Escape");
  await click(new RegExp(`^${m.leaks}`));
  await ask("scan");
  expect(says(option(leaksText.cancel))).toBe(whyNot.notScanning);
  expect(says(option(actText.exportScan))).toBe(whyNot.noScan);
});

test("what was chosen lately is neither what ends something nor what isn't possible", async () => {
  await open(start(), { tokensQuery: noTokens });
  grid().focus();
  await press("ArrowDown");
  await run(rowMenu.revoke);
  await press("Escape");
  await ask();
  expect(labels()[0]).toBe(rowMenu.revoke);
  expect(active()).not.toBe(option(rowMenu.revoke));
  await press("Escape");
  await click(new RegExp(`^${m.auditReport}`));
  await ask();
  expect(says(option(rowMenu.revoke))).toBe(whyNot.noRow);
  const recent = screen.queryByRole("group", { name: paletteText.recent });
  expect(recent?.textContent ?? "").not.toContain(rowMenu.revoke);
});

test("what is selected needs the same permission, and its keys work in the list alone", async () => {
  let forbidden = true;
  const now = () => status({ connections: [{ ...connection, forbidden }] });
  const view = start({ status: now() });
  const several = { selected: 2, selectedOf: [1] };
  const given = {
    tokensSync: now,
    tokensQuery: (it: Parameters<typeof noTokens>[0]) => ({ ...noTokens(it), ...several }),
  };
  await open(view, given);
  await press("ArrowDown");
  await press("x");
  await ask("selected");
  expect(says(option(selectionText.plan))).toBe(m.onlyManagers);
  expect(option(selectionText.plan).querySelector("kbd")).not.toBeNull();
  await ask(rowMenu.rotate);
  expect(says(option(rowMenu.rotate))).toBe(m.onlyManagers);
  await press("Escape");
  await click(new RegExp(`^${m.auditReport}`));
  forbidden = false;
  await press("r", { ctrlKey: true });
  await ask("selected");
  expect(says(option(selectionText.plan))).toBe(paletteText.selected(2));
  expect(option(selectionText.plan).querySelector("kbd")).toBeNull();
});

test("with one connection there is none to switch to", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask("switch connection");
  expect(says(option(m.menu.label))).toBe(whyNot.oneConnection);
  await ask("commands");
  expect(option(actText.palette)).toBeUndefined();
});

test("what is done once a screen is loaded is forgotten on another one", async () => {
  const late = later<ReturnType<typeof audit>>();
  await open(start(), { auditShow: () => late.promise, tokensQuery: noTokens });
  await run("edit audit");
  expect(screen.getByRole("heading", { name: m.auditReport })).toBeTruthy();
  await press("g");
  await press("j");
  await press("g");
  await press("a");
  late.resolve(audit());
  await settle();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(m.auditReport);
  expect(dialog()).toBeNull();
});

test("expired tokens are shown, and planned to be revoked", async () => {
  const { called } = await open(start(), { tokensQuery: noTokens });
  await click(new RegExp(`^${m.auditReport}`));
  await run(actText.revokeExpired);
  const asked = { text: "", view: "expired", rule: null };
  expect(called("bulkRevokesPlan").at(-1)?.[1]).toMatchObject(asked);
  expect(dialog()).not.toBeNull();
  expect(called("tokensSelectAll")).toEqual([]);
});

test("tokens that expire soon are selected, and rotated from the first one on", async () => {
  const { called } = await open(start(), {
    tokensQuery: noTokens,
    rotationsNext: () => ({ next: key(7), left: 2, cannot: null }),
  });
  await run(actText.rotateExpiring);
  expect(called("tokensSelectNone")).toHaveLength(1);
  expect(called("tokensSelectAll").at(-1)?.[1]).toMatchObject({ view: "expiringSoon" });
  expect(called("rotationsPlan")).toEqual([["rotationsPlan", key(7)]]);
  // A second Enter creates nothing, and what was selected for it is not afterwards.
  expect(document.activeElement?.textContent).toBe(m.cancel);
  await click(m.cancel);
  expect(called("tokensSelectNone")).toHaveLength(2);
});

test("where none of those can be rotated, none stays selected", async () => {
  const { called } = await open(start(), {
    tokensQuery: noTokens,
    rotationsNext: () => ({ next: null, left: 0, cannot: "They can’t be rotated." }),
  });
  await run(actText.rotateExpiring);
  expect(screen.getByText("They can’t be rotated.")).toBeTruthy();
  expect(called("tokensSelectNone")).toHaveLength(2);
});

test.each([
  [actText.revokeExpired, actText.noneExpired],
  [actText.rotateExpiring, actText.noneExpiring],
])("“%s” says when there are none", async (words, none) => {
  const found = (request: QueryRequest) => answer(request, request.view === "all" ? 48 : 0);
  const { called } = await open(start(), {
    tokensQuery: (request) => (request.text === "" ? found(request) : noTokens(request)),
  });
  await run(words);
  expect(screen.getByText(none)).toBeTruthy();
  expect(dialog()).toBeNull();
  expect([called("bulkRevokesPlan"), called("rotationsNext")]).toEqual([[], []]);
});
