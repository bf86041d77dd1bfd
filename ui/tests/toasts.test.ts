/** How messages go, and what the keyboard does with them. */
import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { m } from "../src/messages";
import { notices } from "../src/notices.svelte";
import { fails, settle, tell } from "./fake";
import { click, field, grid, open, press, text, type } from "./open";
import { start, status } from "./samples";

test("a failure goes with Escape, which does nothing else then", async () => {
  await open();
  await type(m.search, "ci");
  await press("Enter");
  notices.warn("It failed.");
  await settle();
  await press("Escape");
  expect(text()).not.toContain("It failed.");
  expect(field(m.search).value).toBe("ci");
  await press("Escape");
  expect(field(m.search).value).toBe("");
});

test("a failure goes once the same thing succeeds, and another one stays", async () => {
  const { fake } = await open(start(), { tokensSync: fails("unreachable") });
  notices.warn("Another.");
  await press("F5");
  expect(text()).toContain("It failed: unreachable.");
  fake.tokensSync = () => status();
  await press("F5");
  expect(text()).not.toContain("It failed: unreachable.");
  expect(text()).toContain("Another.");
});

test("a failure is left behind on the screen it happened on", async () => {
  await open();
  notices.warn("It failed.");
  notices.say("Said.");
  await click(m.activity);
  expect(text()).not.toContain("It failed.");
  expect(text()).toContain("Said.");
});

test("Ctrl Z undoes the last thing that can be, while it is offered", async () => {
  await open();
  const undone: number[] = [];
  notices.say("One.", () => undone.push(1));
  notices.say("Two.", () => undone.push(2));
  notices.say("Elsewhere.", () => undone.push(3), m.list.show);
  await settle();
  for (let pressed = 0; pressed < 3; pressed += 1) await press("z", { ctrlKey: true });
  expect(undone).toEqual([2, 1]);
});

test("F6 goes to the messages and back", async () => {
  await open();
  notices.say("One.", () => undefined);
  await settle();
  await press("F6");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: m.notices.undo }));
  await press("F6");
  expect(document.activeElement).toBe(grid());
});

test("how large the page is drawn is said for a moment", async () => {
  await open();
  await tell.zoomed(125);
  await settle();
  expect(text()).toContain("125%");
  await vi.advanceTimersByTimeAsync(2000);
  expect(text()).not.toContain("125%");
});
