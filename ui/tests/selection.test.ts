/** Keys that are faster than the answers: what is selected is what was meant. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { QueryRequest, QueryView, SelectionView } from "../src/ipc";
import { m } from "../src/messages";
import { later, settle } from "./fake";
import { field, grid, open, press } from "./open";
import { answer, start } from "./samples";

const TOTAL = 300;

/** The selection as the shell keeps it, which no answer about the list tells in time. */
function selecting() {
  const selected = new Set<string>();
  const now = (): SelectionView => ({ selected: selected.size, selectedOf: [1] });
  const given = {
    tokensToggle: ({ id }: { id: string }) => {
      if (!selected.delete(id)) selected.add(id);
      return now();
    },
    tokensSelectRows: ({ top, len }: QueryRequest, select: boolean) => {
      for (let at = top; at < Math.min(top + len, TOTAL); at += 1) {
        if (select) selected.add(`t-${at}`);
        else selected.delete(`t-${at}`);
      }
      return now();
    },
  };
  return { selected, given };
}

const slow = () => later<QueryView>().promise;
const first = () => {
  const view = start();
  return { ...view, list: answer({ top: 0, len: 60, seq: 0, anchor: null }, TOTAL) };
};

test("a row that is toggled twice is not selected", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, tokensQuery: slow });
  await press("ArrowDown", {}, grid());
  await press("x");
  expect([...selected]).toEqual(["t-0"]);
  await press("x");
  expect([...selected]).toEqual([]);
});

test("a run of rows has no gaps where rows are not held yet", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, tokensQuery: slow });
  await press("ArrowDown", {}, grid());
  for (let times = 0; times < 100; times += 1) await press("ArrowDown", { shiftKey: true });
  expect(selected.size).toBe(101);
  for (let times = 0; times < 5; times += 1) await press("ArrowUp", { shiftKey: true });
  expect(selected.size).toBe(96);
});

const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `t-${from + at}`);

test("a run shrinks as it grew, goes past the row it began at, and reaches either end", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, tokensQuery: slow });
  const extend = (key: string) => press(key, { shiftKey: true });
  for (let times = 0; times < 6; times += 1) await press("ArrowDown", {}, grid());
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await extend(key);
  expect([...selected]).toEqual(run(5, 6));
  await extend("Home");
  expect([...selected].sort()).toEqual(run(0, 5));
  await extend("End");
  expect(selected).toEqual(new Set(run(5, TOTAL - 1)));
  // What is begun anew leaves the run before as it is.
  await press("Home");
  await extend("ArrowDown");
  expect(selected).toEqual(new Set([...run(0, 1), ...run(5, TOTAL - 1)]));
  selected.clear();
  await press("Escape");
  await extend("ArrowUp");
  expect([...selected]).toEqual(run(0, 1));
});

test("a run goes on with the token it began at, where the list has moved meanwhile", async () => {
  const { called } = await open(first());
  await press("ArrowDown", {}, grid());
  await press("ArrowDown", { shiftKey: true });
  const anchor = { connection: 1, id: "t-0" };
  expect(called("tokensSelectRows")[0]?.[1]).toMatchObject({ top: 0, len: 2, anchor });
});

const row = (at: number) => document.querySelector(`[data-position='${String(at)}']`) as Element;

test("a Shift click selects from the row before it on, a Ctrl click one more, and neither opens", async () => {
  const { selected, given } = selecting();
  const { called } = await open(first(), { ...given, tokensQuery: slow });
  await fireEvent.click(row(2), { clientX: 30 });
  await fireEvent.click(row(5), { shiftKey: true });
  await fireEvent.click(row(8), { ctrlKey: true });
  await settle();
  expect([...selected]).toEqual(["t-2", "t-3", "t-4", "t-5", "t-8"]);
  expect(called("tokensDetails")).toEqual([]);
});

test("a box that is dragged over other rows selects all of them", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, tokensQuery: slow });
  await fireEvent.pointerDown(row(3), { clientX: 30, button: 0 });
  for (const at of [3, 4, 5]) await fireEvent.pointerMove(row(at), { clientX: 30, buttons: 1 });
  await fireEvent.click(row(5), { clientX: 30 });
  await settle();
  expect([...selected]).toEqual(["t-3", "t-4", "t-5"]);
  // The button is let go of.
  await fireEvent.pointerMove(row(7), { clientX: 30, buttons: 0 });
  await settle();
  expect(selected.size).toBe(3);
});

test("a drag that ends outside the rows takes no click from the next one", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, tokensQuery: slow });
  await fireEvent.pointerDown(row(3), { clientX: 30, button: 0 });
  for (const at of [3, 4]) await fireEvent.pointerMove(row(at), { clientX: 30, buttons: 1 });
  await fireEvent.pointerMove(row(6), { clientX: 30, buttons: 0 });
  // As a screen reader clicks: with no pointer that goes down before.
  await fireEvent.click(row(8), { clientX: 30 });
  await settle();
  expect([...selected]).toEqual(["t-3", "t-4", "t-8"]);
});

test.each([
  [{ selected: 0, selectedHere: 0 }, "false", true],
  [{ selected: 2, selectedHere: 2 }, "mixed", true],
  [{ selected: TOTAL, selectedHere: TOTAL }, "true", false],
])("the box in the head says how much is selected: %o", async (selection, checked, selects) => {
  const view = first();
  const { called } = await open({ ...view, list: { ...view.list, ...selection } });
  const box = screen.getByRole("checkbox", { name: m.selectAll });
  expect(box.getAttribute("aria-checked")).toBe(checked);
  await fireEvent.click(box);
  await settle();
  expect(called("tokensSelectAll")[0]?.[2]).toBe(selects);
});

test("selected tokens that the list doesn’t show are counted beside the others", async () => {
  const view = first();
  await open({ ...view, list: { ...view.list, selected: 4, selectedHere: 1 } });
  expect(screen.getByText("4 selected, 3 not shown")).toBeTruthy();
});

test("what was just selected is planned, though the shell has not said so yet", async () => {
  const { given } = selecting();
  const wait = later<null>();
  const { called } = await open(first(), {
    ...given,
    tokensQuery: slow,
    tokensToggle: async (key) => wait.promise.then(() => given.tokensToggle(key)),
  });
  await press("ArrowDown", {}, grid());
  await press("x");
  await press("Delete");
  expect(called("tokensPreviewRevoke")).toHaveLength(0);
  wait.resolve(null);
  await settle();
  expect(called("bulkRevokesPlan")).toHaveLength(1);
  expect(called("tokensPreviewRevoke")).toHaveLength(0);
});

test("a key that is faster than the answer acts on what was asked for", async () => {
  const found = later<QueryView>();
  const { called } = await open(first(), {
    tokensQuery: (request) => (request.text === "stale" ? found.promise : answer(request, TOTAL)),
  });
  await press("ArrowDown", {}, grid());
  await press("/");
  const search = field(/Search/);
  await fireEvent.input(search, { target: { value: "stale" } });
  await press("Enter", {}, search);
  await press("Delete", {}, grid());
  expect(called("tokensPreviewRevoke"), "t-0 is on screen, and is not meant").toEqual([]);
  const list = answer({ top: 0, len: 3, seq: 9, anchor: null }, 3);
  const key = { connection: 1, id: "t-stale" };
  found.resolve({ ...list, rows: list.rows.map((row, at) => (at === 0 ? { ...row, key } : row)) });
  await settle();
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key]]);
});
