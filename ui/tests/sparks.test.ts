/** The small drawings of use: asked for once the rows stand still, and where there is room. */
import { afterEach, expect, test, vi } from "vitest";

import { drawn } from "../src/history/sparks.svelte";
import { settle } from "./fake";
import { field, open, type } from "./open";

const drawings = () =>
  [...document.querySelectorAll(".row")].map(({ lastElementChild }) =>
    (lastElementChild as HTMLElement).style.getPropertyValue("--spark"),
  );

/** Gives the grid this size. */
async function sized(width: number) {
  let measured: ResizeObserverCallback = () => undefined;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: ResizeObserverCallback) {
        measured = callback;
      }
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  const shell = await open();
  const contentRect = { width, height: 600 } as DOMRectReadOnly;
  measured([{ contentRect } as ResizeObserverEntry], {} as ResizeObserver);
  await settle();
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
