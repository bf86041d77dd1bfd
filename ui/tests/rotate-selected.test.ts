import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { m } from "../src/messages";
import { newTokenText } from "../src/deliver/messages";
import { selectionText } from "../src/list/messages";
import { handoverText, rotateText } from "../src/rotation/messages";
import { fails, settle } from "./fake";
import { button, click, open, press, text, type } from "./open";
import { replacement, rotation } from "./rotation-sample";
import { answer, key, start } from "./samples";

async function selected(given: Parameters<typeof open>[1]) {
  const shell = await open(start(), {
    tokensQuery: (request) => ({ ...answer(request), selected: 2, selectedHere: 2 }),
    ...given,
  });
  // Another list, which tells what is selected.
  await press("s");
  await settle();
  return shell;
}

test("selected tokens are rotated one after the other, and say how many are left", async () => {
  let left = 2;
  const { called } = await selected({
    rotationsNext: () => ({ next: key(left), left, cannot: null }),
    rotationsBegin: ({ name }) => ({ ...replacement(name), handle: (left -= 1) }),
    rotationsList: () => [],
  });
  await click(selectionText.rotate);
  await settle();
  expect(called("rotationsPlan")).toEqual([["rotationsPlan", key(2)]]);
  expect(text()).toContain(rotateText.more(1));
  await click(rotateText.submit);
  expect(text()).toContain(rotateText.more(1));
  await click(newTokenText.copy);
  await click(newTokenText.done);
  await settle();
  expect(called("rotationsPlan")[1]).toEqual(["rotationsPlan", key(1)]);
  expect(text()).not.toContain("after this one");
  expect(document.activeElement, "a second Enter creates nothing").toBe(button(m.cancel));
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["Escape", true],
  ["closing without the value", false],
])("%s ends the queue: the rest stays selected, and that is said", async (_, had) => {
  const { called } = await selected({
    rotationsNext: () => ({ next: key(3), left: 3, cannot: null }),
    rotationsBegin: ({ name }) => replacement(name),
    rotationsList: () => [],
  });
  await click(selectionText.rotate);
  await settle();
  await click(rotateText.submit);
  if (had) await click(newTokenText.copy);
  await (had ? press("Escape") : click(newTokenText.close));
  if (!had) await click(newTokenText.closeAnyway);
  await settle();
  expect(called("secretsClose")).toHaveLength(1);
  expect(called("rotationsNext")).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("tokensSelectNone")).toEqual([]);
  expect(text()).toContain(rotateText.ended(2));
});

test("a form that is canceled says what stays selected", async () => {
  await selected({ rotationsNext: () => ({ next: key(3), left: 2, cannot: null }) });
  await click(selectionText.rotate);
  await settle();
  await press("Escape");
  expect(text()).toContain(rotateText.ended(1));
});

test("a rotation that is canceled ends the queue", async () => {
  const { called } = await selected({
    rotationsNext: () => ({ next: key(3), left: 2, cannot: null }),
    rotationsBegin: ({ name }) => replacement(name),
    rotationsList: () => [rotation()],
  });
  await click(selectionText.rotate);
  await settle();
  await click(rotateText.submit);
  await click(handoverText.cancel);
  await click(handoverText.cancelSubmit);
  await settle();
  expect(called("rotationsNext")).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a queue that doesn't open leaves no count behind", async () => {
  const { called } = await selected({
    rotationsNext: () => ({ next: key(3), left: 2, cannot: null }),
    rotationsPlan: fails("invalid"),
    tokensCreate: ({ name }) => ({ ...replacement(name), rotation: null }),
  });
  await click(selectionText.rotate);
  await settle();
  await press("c");
  await type("Name", "github-actions-web");
  screen.getByRole("dialog").querySelector("form")?.requestSubmit();
  await settle();
  await click(newTokenText.copy);
  await click(newTokenText.done);
  await settle();
  expect(called("tokensCreate")).toHaveLength(1);
  expect(called("rotationsNext")).toHaveLength(1);
});

test("why none of the selected tokens can be rotated is said", async () => {
  await selected({});
  await click(selectionText.rotate);
  expect(text()).toContain("It can’t be rotated.");
});
