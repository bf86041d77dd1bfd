/** The small drawings of use: asked for once the rows stand still, and where there is room. */
import { afterEach, expect, test, vi } from "vitest";

import { drawn } from "../src/history/sparks.svelte";
import { settle } from "./fake";
import { field, measuring, open, type } from "./open";

const drawings = () =>
  [...document.querySelectorAll(".row")].map(({ lastElementChild }) =>
    (lastElementChild as HTMLElement).style.getPropertyValue("--spark"),
  );

/** Gives the grid this size. */
async function sized(width: number) {
  const measured = measuring();
  const shell = await open();
  await measured({ width, height: 600 });
  return shell;
}

afterEach(() => vi.unstubAllGlobals());

test("use has a height, silence a stroke, and a gap nothing", () => {
  expect(drawn("41.?2")).toBe(
    'path("M45 14h2v-14h-2zM48 14h2v-3.5h-2zM51 14h2v-1h-2zM57 14h2v-7h-2z")',
  );
  expect(drawn("")).toBe("");
});

test("drawings are asked for once the rows stand still", async () => {
  const { called } = await sized(1_064);
  expect(called("tokensSparks")).toEqual([]);
  await type(/Search/, "t");
  await vi.advanceTimersByTimeAsync(100);
  await type(/Search/, "to");
  await vi.advanceTimersByTimeAsync(100);
  expect(called("tokensSparks")).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(called("tokensSparks")).toHaveLength(1);
  await settle();
  expect(drawings()[0]).toBe(drawn("44.?1"));
  expect(field(/Search/).value).toBe("to");
});

test("where there is no room nothing is asked for", async () => {
  const { called } = await sized(728);
  await vi.advanceTimersByTimeAsync(500);
  expect(called("tokensSparks")).toEqual([]);
});
