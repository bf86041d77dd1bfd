/** Groups of buttons that are one tab stop, and what a screen reader is told. */
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { m } from "../src/messages";
import { searchText } from "../src/search/messages";
import { settle } from "./fake";
import { button, field, grid, open, press, type } from "./open";
import { answer, connection, row, staging, start, status } from "./samples";

const stopsIn = (css: string) =>
  [...document.querySelectorAll<HTMLElement>(`${css} button`)].filter(
    (it) => it.tabIndex === 0 && it.closest("[popover]") === null,
  );
const cards = () => [...document.querySelectorAll<HTMLElement>(".summary button")];

test("the cards are one tab stop, which the arrows move and the pressed one is at first", async () => {
  await open();
  expect(stopsIn(".summary")).toEqual([cards()[0]]);
  cards()[0]?.focus();
  await press("ArrowRight");
  await press("ArrowRight");
  expect(document.activeElement).toBe(cards()[2]);
  expect(stopsIn(".summary")).toEqual([cards()[2]]);
  await press("ArrowLeft");
  await press("ArrowLeft");
  await press("ArrowLeft");
  expect(document.activeElement).toBe(cards().at(-1));
  // Up and down is the list's.
  await press("ArrowDown");
  expect(document.activeElement).toBe(grid());
});

test("sidebar, cards and facets are a tab stop each, also when buttons come and go", async () => {
  await open();
  for (const css of [".sidebar", ".summary", ".facets"]) expect(stopsIn(css)).toHaveLength(1);
  expect(stopsIn(".sidebar")[0]?.textContent).toContain(m.title);
  stopsIn(".sidebar")[0]?.focus();
  await press("ArrowDown");
  expect(document.activeElement?.textContent).toContain(m.rotations);
  // With a search there is a button to save it.
  await type(m.search, "ci");
  expect(button(searchText.saveView).tabIndex).toBe(-1);
  expect(stopsIn(".sidebar")).toHaveLength(1);
});

test("the connection menu has the keyboard while it is open", async () => {
  const both = status({ shown: 1, connections: [connection, staging] });
  await open(start({ status: both }), { tokensSync: () => both });
  const menu = screen.getByRole("menu", { name: m.menu.label });
  menu.dispatchEvent(Object.assign(new Event("toggle"), { newState: "open" }));
  const entries = [...menu.querySelectorAll("button")];
  expect(document.activeElement).toBe(entries[0]);
  await press("ArrowDown");
  expect(document.activeElement).toBe(entries[1]);
  expect(entries[1]?.getAttribute("aria-keyshortcuts")).toBe("Control+2");
});

test("keys are told as such, and are no part of a name", async () => {
  await open();
  expect(button("Create token").getAttribute("aria-keyshortcuts")).toBe("C Control+N");
  expect(field(m.search).getAttribute("aria-keyshortcuts")).toBe("/ Control+F");
  expect(button("Project").getAttribute("aria-haspopup")).toBe("menu");
  expect(document.querySelector(".connection")?.getAttribute("aria-haspopup")).toBe("menu");
});

test("a row is called by its token and state, a cell by what it shows", async () => {
  await open();
  expect(screen.getByRole("row", { name: `token-0 ${m.chips.stale}` })).toBeTruthy();
  const { text, title } = row(0).created;
  const [cell] = screen.getAllByRole("gridcell", { name: text });
  expect(cell?.title).toBe(title);
  expect(screen.getAllByRole("gridcell", { name: /^token-0 t-0 · / })).toHaveLength(1);
  // WebKit names a cell by nothing else.
  const unnamed = screen
    .getAllByRole("gridcell")
    .filter((it) => it.getAttribute("aria-labelledby") !== it.id);
  expect(unnamed).toEqual([]);
});

test("once the list stands still its rows are in their order, whatever was scrolled", async () => {
  await open(start({}, 300), { tokensQuery: (request) => answer(request, 300) });
  const order = () =>
    [...document.querySelectorAll<HTMLElement>(".row")].map((row) =>
      Number(row.dataset["position"]),
    );
  const sorted = () => [...order()].sort((a, b) => a - b);
  for (const top of [3, 4, 57, 130, 129, 0]) {
    grid().scrollTop = 44 * top;
    grid().dispatchEvent(new Event("scroll"));
    await settle();
    await vi.advanceTimersByTimeAsync(200);
    expect(order()).toEqual(sorted());
  }
});

test("a leaked token’s row is called so before anything else that is known of it", async () => {
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  const rows = list.rows.map((it) => ({ ...it, leaked: true, rotation: "old" as const }));
  await open(start({ list: { ...list, rows } }));
  expect(screen.getByRole("row", { name: `token-0 ${m.leaked}` })).toBeTruthy();
});
