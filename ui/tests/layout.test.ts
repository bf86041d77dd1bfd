/** Which columns there are, in which order and how wide, as a person chose it. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";

import type { ColumnName, ColumnView, LayoutView } from "../src/ipc";
import { m } from "../src/messages";
import { change } from "../src/columns/arranging";
import { columnsOf } from "../src/columns/columns";
import { Layout } from "../src/columns/layout.svelte";
import { columnText } from "../src/columns/messages";
import { notices } from "../src/notices.svelte";
import { later, settle, shell } from "./fake";
import { button, grid, open, press } from "./open";
import { start } from "./samples";

beforeEach(() => {
  // The page under test has no popovers and captures no pointer; the window's tests have.
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLElement.prototype.setPointerCapture = () => undefined;
});

const column = (name: ColumnName, change: Partial<ColumnView> = {}): ColumnView => ({
  name,
  shown: null,
  width: null,
  ...change,
});
const namesOf = (width: number, chosen: ColumnView[]) =>
  columnsOf(width, chosen).map(({ name }) => name);

test("a chosen column is there wherever it has room, in place of others, and one taken away stays away", () => {
  expect(namesOf(900, [column("scopes", { shown: true })])).toContain("scopes");
  const narrow = namesOf(600, [column("scopes", { shown: true })]);
  expect(narrow).toContain("scopes");
  expect(narrow).not.toContain("expires");
  expect(namesOf(300, [column("scopes", { shown: true })])).toEqual(["scopes"]);
  expect(namesOf(200, [column("scopes", { shown: true })])).toEqual([]);
  expect(namesOf(2000, [column("project", { shown: false })])).not.toContain("project");
});

test("the order is the chosen one, and what is not in it comes last", () => {
  const chosen = [column("lastUsed"), column("use")];
  expect(namesOf(900, chosen)).toEqual(["lastUsed", "use", "expires", "created"]);
});

test("a width that was chosen stays, and the name keeps what it needs", () => {
  const wide = columnsOf(900, [column("use", { width: 200 })]);
  expect(wide.find(({ name }) => name === "use")?.width).toBe(200);
  for (const list of [300, 464, 700, 900, 2344]) {
    const taken = columnsOf(list, [column("use", { width: 400 })]);
    const sum = taken.reduce((sum, { width }) => sum + width, 0);
    expect(sum).toBeLessThanOrEqual(list - 178);
  }
});

const heads = () => screen.getAllByRole("columnheader").map((it) => it.getAttribute("aria-label"));
const menu = () => document.querySelector(`[role=menu][aria-label="${columnText.columns}"]`);

async function ask(on: Element, clientX = 0): Promise<void> {
  const asked = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX });
  on.dispatchEvent(asked);
  await settle();
}

/** Opens the page in a window as wide as this, with what was kept; and what is kept by then. */
async function opened(width = 1600, layout: LayoutView = { columns: [], panel: null }) {
  vi.stubGlobal("innerWidth", width);
  const { called } = await open(start({ layout }));
  vi.unstubAllGlobals();
  return () => called("windowKeepLayout").at(-1)?.[1] as LayoutView | undefined;
}

test("a head has a menu that takes columns away and brings them back, and stays meanwhile", async () => {
  const kept = await opened();
  expect(heads()).toContain(m.columns.scopes);
  await ask(screen.getByRole("columnheader", { name: m.columns.scopes }));
  const scopes = screen.getByRole("menuitemcheckbox", { name: m.columns.scopes });
  expect(scopes.getAttribute("aria-checked")).toBe("true");
  scopes.click();
  await settle();
  expect(heads()).not.toContain(m.columns.scopes);
  expect(menu()).not.toBeNull();
  expect(scopes.getAttribute("aria-checked")).toBe("false");
  expect(kept()?.columns).toContainEqual(column("scopes", { shown: false }));
  await press("Escape");
  expect(menu()).toBeNull();
  expect(document.activeElement).toBe(grid());
  await ask(screen.getByRole("columnheader", { name: m.columns.name }));
  screen.getByRole("menuitem", { name: columnText.reset }).click();
  await settle();
  expect(heads()).toContain(m.columns.scopes);
  expect(kept()).toEqual({ columns: [], panel: null });
});

test("the keyboard opens the menu from a button, and moves and sizes the column it is on", async () => {
  const kept = await opened();
  button(columnText.columns).focus();
  button(columnText.columns).click();
  await settle();
  expect(document.activeElement?.textContent).toContain(m.columns.project);
  await press("ArrowDown");
  expect(document.activeElement?.textContent).toContain(m.columns.createdBy);
  await press("ArrowLeft");
  expect(heads().slice(1, 3)).toEqual([m.columns.createdBy, m.columns.project]);
  await press("ArrowLeft");
  expect(heads()[1]).toBe(m.columns.createdBy);
  await press("ArrowRight", { shiftKey: true });
  const width = kept()?.columns.find(({ name }) => name === "createdBy")?.width ?? 0;
  await press("ArrowLeft", { shiftKey: true });
  expect(kept()?.columns.find(({ name }) => name === "createdBy")?.width).toBe(width - 8);
  await press("Escape");
  expect(document.activeElement).toBe(button(columnText.columns));
});

test("a column that another takes the room of stays chosen, and says that it doesn’t fit", async () => {
  await opened(216 + 600);
  const check = (name: string) =>
    screen.getByRole("menuitemcheckbox", { name: new RegExp(`^${name}`) });
  await ask(screen.getByRole("columnheader", { name: m.columns.name }));
  expect(check(m.columns.expires).getAttribute("aria-checked")).toBe("true");
  check(m.columns.scopes).click();
  await settle();
  expect(heads()).not.toContain(m.columns.expires);
  expect(check(m.columns.expires).getAttribute("aria-checked")).toBe("true");
  expect(check(m.columns.expires).textContent).toContain(columnText.noRoom);
});

test("what was kept is there at the start", async () => {
  await opened(1600, {
    columns: [column("lastUsed", { width: 200 }), column("use", { shown: false })],
    panel: null,
  });
  expect(heads()[1]).toBe(m.columns.lastUsed);
  expect(heads()).not.toContain(m.columns.use);
  expect(grid().style.getPropertyValue("--columns")).toMatch(/^200px /);
});

test("an edge is dragged, and moved by the arrows", async () => {
  const kept = await opened();
  const edge = screen.getByRole("separator", { name: columnText.columnWidth(m.columns.use) });
  expect(edge.getAttribute("aria-valuenow")).toBe("146");
  const pointer = (type: string, clientX: number) =>
    edge.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX }));
  pointer("pointerdown", 700);
  pointer("pointermove", 660);
  await settle();
  expect(edge.getAttribute("aria-valuenow")).toBe("186");
  expect(kept()).toBeUndefined();
  pointer("lostpointercapture", 660);
  await settle();
  expect(kept()?.columns).toContainEqual(column("use", { width: 186 }));
  await press("ArrowRight", {}, edge);
  expect(kept()?.columns).toContainEqual(column("use", { width: 178 }));
  // Nothing can be dragged over the name.
  pointer("pointerdown", 700);
  pointer("pointermove", -9000);
  await settle();
  expect(Number(edge.getAttribute("aria-valuenow"))).toBe(
    Number(edge.getAttribute("aria-valuemax")),
  );
});

test("the panel is as wide as it was dragged, and as usual after a double click", async () => {
  const kept = await opened(1600, { columns: [], panel: 400 });
  await press("ArrowDown");
  await press("Enter");
  const panel = screen.getByRole("complementary", { name: m.details.label });
  expect(panel.style.getPropertyValue("--panel")).toBe("400px");
  const edge = screen.getByRole("separator", { name: columnText.panelWidth });
  expect(edge.tabIndex).toBe(0);
  await press("ArrowLeft", {}, edge);
  expect(kept()?.panel).toBeGreaterThan(0);
  edge.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  await settle();
  expect(kept()?.panel).toBeNull();
});

test("a layout is sent after the one before it was kept or failed, so that the last one stays", async () => {
  const first = later<null>();
  const answers = [first.promise];
  const { called } = shell({ windowKeepLayout: () => answers.shift() ?? null });
  const layout = new Layout({ columns: [], panel: null });
  for (const panel of [300, 400]) change(layout, { panel });
  await settle();
  expect(called("windowKeepLayout")).toHaveLength(1);
  first.reject({ code: "internal", message: "It failed." });
  await settle();
  expect(called("windowKeepLayout").at(-1)?.[1]).toMatchObject({ panel: 400 });
  // What failed is mended by the next one.
  expect(notices.items).toEqual([]);
});
