/** Practice: begun from wherever it is offered, shown over each screen until it is closed. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { DrillView } from "../src/ipc";
import { notices } from "../src/notices.svelte";
import { practiceText as t } from "../src/practice/messages";
import { fails, settle } from "./fake";
import { click, open, press, text, unconnected } from "./open";
import { run } from "./palette-page";
import { start, status } from "./samples";

const drill = (given: Partial<DrillView> = {}): DrillView => ({
  kind: "leak",
  seconds: 65,
  steps: [61, null, null],
  over: false,
  ...given,
});
const [connection] = status().connections;
if (connection === undefined) throw new Error("the sample has a connection");
const sandbox = () =>
  start({ status: status({ connections: [{ ...connection, sandbox: true }] }) });
const strip = () => screen.queryByRole("region", { name: t.label });

test("without the sandbox nobody asks whether there is a drill", async () => {
  const { called } = await open();
  expect(called("drillsShow")).toEqual([]);
  expect(strip()).toBeNull();
});

test("a drill shows its task, its time and its steps until it is over", async () => {
  let now = drill();
  const { called } = await open(sandbox(), { drillsShow: () => now });
  expect(strip()?.textContent).toContain(t.tasks.leak);
  expect(strip()?.textContent).toContain("1:05");
  expect(strip()?.textContent).toContain(t.sandbox);
  now = drill({ seconds: 70, steps: [61, 61, 70], over: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.getAllByRole("status").map((it) => it.textContent)).toContain(
    t.done("leak", 70, 0),
  );
  const asked = called("drillsShow").length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(called("drillsShow")).toHaveLength(asked);
  await click(t.close);
  expect(strip()).toBeNull();
});

test("who ends it sees what is missing", async () => {
  const { called } = await open(sandbox(), {
    drillsShow: () => drill(),
    drillsEnd: () => drill({ seconds: 66 }),
  });
  await click(t.end);
  expect(strip()?.textContent).toContain(t.done("leak", 66, 2));
  expect(strip()?.textContent).toContain(`Proven dead ${t.missed}`);
  expect(strip()?.textContent).toContain(t.cleared);
  await click(t.close);
  expect(strip()).toBeNull();
  expect(called("drillsEnd").length).toBeGreaterThan(0);
});

test("the second click of a double click is not for what came in the place of the first", async () => {
  await open(sandbox(), { drillsShow: () => drill(), drillsEnd: () => drill() });
  const clicked = (name: string, detail: number) =>
    fireEvent.click(screen.getByRole("button", { name }), { detail });
  await clicked(t.end, 1);
  await settle();
  await clicked(t.close, 2);
  await settle();
  expect(strip()?.textContent).toContain(t.done("leak", 65, 2));
  await clicked(t.close, 1);
  await settle();
  expect(strip()).toBeNull();
});

test("the value can be copied again", async () => {
  const { called } = await open(sandbox(), { drillsShow: () => drill() });
  await click(t.copy);
  expect(called("drillsCopy")).toHaveLength(1);
  expect(text()).toContain(t.copied);
});

test("it is offered where the sandbox is, and where there is no rotation", async () => {
  const running = await unconnected();
  await click(t.labels.leak);
  expect(running.called("drillsBegin")).toEqual([["drillsBegin", "leak"]]);
});

test("it begins from the empty screen of rotations, and shows its connection", async () => {
  const { called } = await open(start(), { rotationsList: () => [], drillsBegin: () => 7 });
  await press("g");
  await press("r");
  await click(t.labels.rotation);
  expect(called("drillsBegin")).toEqual([["drillsBegin", "rotation"]]);
  expect(called("connectionsShow")).toEqual([["connectionsShow", 7]]);
});

test.each([false, true])(
  "another drill ends the one that runs, and says so: over %s",
  async (over) => {
    const { called } = await open(sandbox(), { drillsShow: () => drill({ over }) });
    await run(t.labels.rotation);
    expect(called("drillsBegin")).toEqual([["drillsBegin", "rotation"]]);
    expect(text().includes(t.ended)).toBe(!over);
  },
);

test("what can't be told of a drill keeps nobody from another one", async () => {
  const { called } = await unconnected({ drillsShow: fails("invalid", "It stopped.") });
  await click(t.labels.leak);
  expect(called("drillsBegin")).toHaveLength(1);
});

test("a drill that can't begin says why", async () => {
  await unconnected({ drillsBegin: () => Promise.reject(new Error("no port")) });
  await click(t.labels.leak);
  expect(notices.items.map((it) => it.text).join()).toContain("no port");
});
