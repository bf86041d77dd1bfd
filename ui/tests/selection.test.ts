/** Keys that are faster than the answers: what is selected is what was meant. */
import { expect, test } from "vitest";

import type { QueryRequest, QueryView, SelectionView } from "../src/ipc";
import { later, settle } from "./fake";
import { grid, open, press } from "./open";
import { answer, start } from "./samples";

const TOTAL = 300;

/** The selection as the shell keeps it, which no answer about the list tells in time. */
function selecting() {
  const selected = new Set<string>();
  const now = (): SelectionView => ({ selected: selected.size, selectedOf: [1] });
  const given = {
    toggle: ({ id }: { id: string }) => {
      if (!selected.delete(id)) selected.add(id);
      return now();
    },
    selectRows: ({ top, len }: QueryRequest) => {
      for (let at = top; at < Math.min(top + len, TOTAL); at += 1) selected.add(`t-${at}`);
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
  await open(first(), { ...given, query: slow });
  await press("ArrowDown", {}, grid());
  await press("x");
  expect([...selected]).toEqual(["t-0"]);
  await press("x");
  expect([...selected]).toEqual([]);
});

test("a run of rows has no gaps where rows are not held yet", async () => {
  const { selected, given } = selecting();
  await open(first(), { ...given, query: slow });
  await press("ArrowDown", {}, grid());
  for (let times = 0; times < 100; times += 1) await press("ArrowDown", { shiftKey: true });
  expect(selected.size).toBe(101);
  for (let times = 0; times < 5; times += 1) await press("ArrowUp", { shiftKey: true });
  expect(selected.size).toBe(101);
});

test("a run goes on with the token it began at, where the list has moved meanwhile", async () => {
  const { called } = await open(first());
  await press("ArrowDown", {}, grid());
  await press("ArrowDown", { shiftKey: true });
  const anchor = { connection: 1, id: "t-0" };
  expect(called("selectRows")[0]?.[1]).toMatchObject({ top: 0, len: 2, anchor });
});

test("what was just selected is planned, though the shell has not said so yet", async () => {
  const { given } = selecting();
  const wait = later<null>();
  const { called } = await open(first(), {
    ...given,
    query: slow,
    toggle: async (key) => wait.promise.then(() => given.toggle(key)),
  });
  await press("ArrowDown", {}, grid());
  await press("x");
  await press("Delete");
  expect(called("planRevoke")).toHaveLength(0);
  wait.resolve(null);
  await settle();
  expect(called("planCleanup")).toHaveLength(1);
  expect(called("planRevoke")).toHaveLength(0);
});
