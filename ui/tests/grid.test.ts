import { render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import App from "../src/App.svelte";
import { settings } from "../src/settings/followed.svelte";

import { settle, shell } from "./fake";
import { grid, measuring, open, press } from "./open";
import { answer, start } from "./samples";

const TOTAL = 100_000;

const many = () => open(start({}, TOTAL), { tokensQuery: (request) => answer(request, TOTAL) });
const drawn = () => [...document.querySelectorAll<HTMLElement>(".row:not([hidden])")];

function nodes(): number {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let count = 0;
  while (walker.nextNode() !== null) count += 1;
  return count;
}

test("the rows of the start are in the document as soon as the page is, with no answer yet", () => {
  const { calls } = shell();
  render(App, { start: start() });
  expect(screen.getByText("token-0")).toBeTruthy();
  expect(calls.filter(([name]) => name === "tokensQuery")).toEqual([]);
});

test("the first rows are reported once, and then the list is loaded anew", async () => {
  const { calls } = await open();
  expect(calls.map(([name]) => name)).toEqual(["windowPainted", "tokensSync", "savedList"]);
});

test("100,000 tokens are fewer than 800 nodes", async () => {
  await many();
  expect(grid().getAttribute("aria-rowcount")).toBe("100001");
  expect(nodes()).toBeLessThan(800);
});

test("a grid measured without its styles does not draw the whole list", async () => {
  const measured = measuring();
  await many();
  await measured({ height: TOTAL * 44 });
  // As many as a window as tall as the screen would show, and a few at its edges.
  expect(drawn().length).toBeLessThanOrEqual(Math.ceil(innerHeight / settings.row) + 3);
  vi.unstubAllGlobals();
});

test("a far scroll shows free places at once, then the rows", async () => {
  const { called } = await many();
  grid().scrollTop = 44 * 60_000;
  grid().dispatchEvent(new Event("scroll"));
  await Promise.resolve();
  expect(drawn().every((row) => row.getAttribute("aria-busy") === "true")).toBe(true);
  await settle();
  expect(screen.getByText("token-60000")).toBeTruthy();
  expect(grid().dataset["seq"]).toBe("1");
  expect(called("tokensQuery")).toHaveLength(1);
});

test("a grid that comes back is scrolled to where it was", async () => {
  await many();
  grid().scrollTop = 44 * 500;
  grid().dispatchEvent(new Event("scroll"));
  await settle();
  for (const screen of ["a", "t"]) {
    await press("g");
    await press(screen);
  }
  expect(grid().scrollTop).toBe(44 * 500);
  expect(screen.getByText("token-500")).toBeTruthy();
});

test("the grid is one tab stop and names the row the keyboard is on", async () => {
  await many();
  expect(document.activeElement).toBe(grid());
  const stops = [...grid().querySelectorAll("button, [tabindex]")];
  expect(stops.every((stop) => stop.getAttribute("tabindex") === "-1")).toBe(true);
  await press("ArrowDown");
  await press("j");
  const id = grid().getAttribute("aria-activedescendant") ?? "";
  const row = document.getElementById(id);
  expect(row?.textContent).toContain("token-1");
  expect(row?.classList.contains("active")).toBe(true);
  expect(row?.getAttribute("aria-rowindex")).toBe("3");
});

test("End goes to the last token, Home back to the first", async () => {
  await many();
  await press("End");
  expect(screen.getByText("token-99999")).toBeTruthy();
  await press("Home");
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a head sorts, and says so", async () => {
  const { called } = await many();
  const name = screen.getByRole("columnheader", { name: "Name" });
  within(name).getByRole("button").click();
  await settle();
  expect(called("tokensQuery")[0]?.[1]).toMatchObject({ sort: "name", descending: false });
  expect(name.getAttribute("aria-sort")).toBe("ascending");
});

test("S sorts by the next column, Shift S turns the order round", async () => {
  const { called } = await many();
  await press("s");
  await press("S", { shiftKey: true });
  expect(called("tokensQuery").map(([, request]) => request)).toMatchObject([
    { sort: "name", descending: false },
    { sort: "name", descending: true },
  ]);
});
