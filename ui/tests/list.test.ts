import { beforeEach, expect, test, vi } from "vitest";

import type { QueryRequest, QueryView } from "../src/ipc";
import { TokenList } from "../src/list/list.svelte";
import { MOST_ROWS } from "../src/question";
import { settings } from "../src/settings/followed.svelte";
import { notices } from "../src/notices.svelte";
import { answer, key } from "./samples";

const TOTAL = 100_000;

/** A shell whose answers wait until the test lets them go. */
class Server {
  readonly asked: QueryRequest[] = [];
  readonly #waiting: ((change: Partial<QueryView>) => void)[] = [];

  ask = (request: QueryRequest) =>
    new Promise<QueryView>((resolve) => {
      this.asked.push(request);
      this.#waiting.push((change) => resolve({ ...answer(request, TOTAL), ...change }));
    });

  get last(): QueryRequest {
    const last = this.asked.at(-1);
    if (last === undefined) throw new Error("nothing was asked");
    return last;
  }

  async answer(change: Partial<QueryView> = {}): Promise<void> {
    this.#waiting.shift()?.(change);
    await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(undefined))));
  }
}

let server: Server;
let list: TokenList;
beforeEach(() => {
  server = new Server();
  list = new TokenList(answer({ top: 0, len: 30, seq: 0, anchor: null }, TOTAL), server.ask);
  list.resize(12 * settings.row);
});

const shown = () => list.slots.map((slot) => list.at(list.positionOf(slot))?.name ?? null);

test("the rows of the start are there without a question", () => {
  expect(list.at(0)?.name).toBe("token-0");
  expect(list.at(29)?.name).toBe("token-29");
  expect(server.asked).toEqual([]);
});

test("one query is on its way at a time, and the latest wins", async () => {
  for (const text of ["c", "ci", "ci-", "ci-e"]) list.change({ text });
  expect(server.asked.map(({ text }) => text)).toEqual(["c"]);
  await server.answer({ total: 1 });
  expect(server.asked.map(({ text }) => text)).toEqual(["c", "ci-e"]);
  expect(list.total, "the answer to older words is dropped").toBe(TOTAL);
  await server.answer({ total: 2 });
  expect(list.total).toBe(2);
  expect(list.seq).toBe(server.last.seq);
});

test("no question asks for more rows than the shell gives", async () => {
  list.resize(1_000 * settings.row);
  list.scrolled(50_000 * settings.row);
  await server.answer();
  list.change({ sort: "name" });
  await server.answer();
  for (const { len } of server.asked) expect(len).toBeLessThanOrEqual(MOST_ROWS);
  expect(list.slots.length).toBeLessThanOrEqual(MOST_ROWS);
});

test("a window of any height has a slot and a row for each place in it", async () => {
  list.resize(87 * settings.row);
  await server.answer();
  expect(list.slots.length).toBeGreaterThan(87);
  expect(shown()).not.toContain(null);
});

test("a list that became shorter is not left scrolled past its end", async () => {
  list.scrolled(40 * settings.row);
  await server.answer();
  list.refresh();
  const { rows } = answer({ top: 0, len: 20, seq: 0, anchor: null });
  await server.answer({ total: 20, top: 0, rows });
  expect(list.offset).toBe(8 * settings.row);
  expect(shown()).toContain("token-19");
});

test("a short scroll shows held rows at once, a far one keeps places free until they come", async () => {
  list.scrolled(3 * settings.row);
  expect(shown()).not.toContain(null);
  expect(server.asked).toEqual([]);
  list.scrolled(60_000 * settings.row);
  expect(shown().every((name) => name === null)).toBe(true);
  await server.answer();
  expect(shown()).not.toContain(null);
  expect(list.at(60_000)?.name).toBe("token-60000");
});

test("rows are asked for before they come into view, and not twice", async () => {
  list.scrolled(14 * settings.row);
  list.scrolled(15 * settings.row);
  expect(server.asked).toHaveLength(1);
  await server.answer();
  expect(server.asked).toHaveLength(1);
});

test("each row is drawn in one slot, and a slot keeps its row while the list moves", () => {
  for (const first of [0, 1, 7, 18, 4711, 99_990]) {
    list.scrolled(first * settings.row);
    const positions = list.slots.map((slot) => list.positionOf(slot));
    expect(new Set(positions).size).toBe(list.slots.length);
    for (const slot of list.slots) {
      expect(list.positionOf(slot) % list.slots.length).toBe(slot);
      expect(list.slotOf(list.positionOf(slot))).toBe(slot);
    }
    for (let at = first; at < first + 12; at += 1) expect(list.slotOf(at)).not.toBeNull();
  }
});

test("another order begins at the top and follows the row the keyboard is on, while it is in sight", async () => {
  list.activate(25);
  await server.answer();
  list.sortBy("name");
  expect(server.last).toMatchObject({ sort: "name", descending: false, top: 0, anchor: key(25) });
  await server.answer({ anchorIndex: 3 });
  expect(list.active).toBe(3);
  expect(list.offset).toBe(0);
  list.sortBy("name");
  await server.answer({ anchorIndex: 31 });
  expect(list.active, "a key must not act on a row that nobody sees").toBeNull();
});

test("the same column again turns the order round", () => {
  list.sortBy("lastUsed");
  expect(list.criteria).toMatchObject({ sort: "lastUsed", descending: false });
});

test("a refresh keeps the row and its place when tokens came in above", async () => {
  list.scrolled(10 * settings.row);
  list.activate(15);
  list.refresh();
  expect(server.last.anchor).toEqual(key(15));
  await server.answer({ anchorIndex: 18 });
  expect(list.active).toBe(18);
  expect(list.offset).toBe(13 * settings.row);
});

test("a refresh at the top stays at the top, so that new tokens come into view", async () => {
  list.activate(2);
  list.refresh();
  await server.answer({ anchorIndex: 3 });
  expect(list.active).toBe(3);
  expect(list.offset).toBe(0);
});

test("a scroll while a refresh waits does not lose the row it follows", async () => {
  list.activate(5);
  list.change({ view: "stale" });
  await server.answer({ anchorIndex: 5 });
  list.refresh();
  list.refresh();
  list.scrolled(70_000 * settings.row);
  await server.answer();
  expect(server.last).toMatchObject({ anchor: key(5) });
  expect(server.last.top).toBeGreaterThan(69_000);
});

test("a refresh does not take the keyboard back to the row it was on before", async () => {
  list.activate(5);
  list.refresh();
  list.activate(6);
  await server.answer({ anchorIndex: 7 });
  expect(list.activeRow?.key).toEqual(key(6));
  expect(server.last.anchor).toEqual(key(6));
  await server.answer({ anchorIndex: 8, top: 0 });
  expect(list.active).toBe(8);
});

test("a created token that the filter leaves out is said", async () => {
  const hidden = vi.fn();
  list.reveal(key(500), hidden);
  await server.answer({ anchorIndex: null });
  expect(hidden).toHaveBeenCalledOnce();
});

test("what comes below the list does not cover the row the keyboard is on", () => {
  list.resize(10 * settings.row);
  list.activate(9);
  list.resize(9 * settings.row);
  expect(list.offset).toBe(settings.row);
  list.activate(0);
  list.scrolled(5 * settings.row);
  list.resize(8 * settings.row);
  expect(list.offset, "a row out of sight stays there").toBe(5 * settings.row);
});

test("a created token is brought into view", async () => {
  list.reveal(key(500), () => undefined);
  await server.answer();
  expect(list.active).toBe(500);
  expect(list.offset).toBe(501 * settings.row - 12 * settings.row);
});

test("the keyboard moves the view no further than needed", () => {
  list.activate(11);
  expect(list.offset).toBe(0);
  list.activate(12);
  expect(list.offset).toBe(settings.row);
  list.activate(1_000_000);
  expect(list.active).toBe(TOTAL - 1);
  expect(list.offset).toBe((TOTAL - 12) * settings.row);
  list.activate(-5);
  expect(list.active).toBe(0);
  expect(list.offset).toBe(0);
});

test("what fails is said, and the rows stay", async () => {
  const failing = new TokenList(answer({ top: 0, len: 30, seq: 0, anchor: null }), () =>
    Promise.reject(new Error("no")),
  );
  failing.change({ text: "x" });
  await new Promise((resolve) => setTimeout(resolve));
  expect(notices.items.map(({ text }) => text)).toEqual(["Error: no"]);
  expect(failing.at(0)?.name).toBe("token-0");
});

test("fast keys are not taken back by an answer that was asked for before them", async () => {
  list.activate(5);
  list.refresh();
  expect(server.last.anchor).toEqual(key(5));
  list.activate(100);
  expect(list.activeRow, "it is not held yet").toBeUndefined();
  await server.answer({ anchorIndex: 5 });
  expect(list.active).toBe(100);
});
