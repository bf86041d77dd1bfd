import { screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";

import type { RotationView } from "../src/ipc";
import { m } from "../src/messages";
import { rotationsText } from "../src/rotation/messages";
import { settle, tell } from "./fake";
import { button, chooseItem, click, field, grid, open, press, text } from "./open";
import { place, rotation } from "./rotation-sample";
import { key, start, status } from "./samples";

beforeEach(() => {
  // The page's tests have no popovers.
  HTMLElement.prototype.showPopover = () => undefined;
});

async function shown(
  rotations: readonly Partial<RotationView>[],
  given: Parameters<typeof open>[1] = {},
) {
  const running = await open(start(), {
    rotationsList: () => rotations.map((it) => rotation(it)),
    ...given,
  });
  await press("g");
  await press("r");
  return running;
}

const done = { state: "done", text: "22 Nov" } as const;

test("a line says how far a rotation is, what it waits for, and what comes next", async () => {
  const waits = { waitsFor: "24 h without use of the old one", about: "Since 13:36" };
  await shown([{ ...waits, next: "23 Nov, 13:36", nextAbout: "ready if still quiet" }]);
  expect(screen.getByRole("heading", { name: m.rotations })).toBe(document.activeElement);
  const line = screen.getByRole("row", { name: /token-3/ });
  for (const said of [...Object.values(waits), "23 Nov, 13:36", "ready if still quiet", "t-new"])
    expect(line.textContent).toContain(said);
  expect(within(line).getAllByRole("button")).toHaveLength(1);
});

test("the revoke is offered only when it is ready, and is the old one's", async () => {
  const { called } = await shown([{ action: "revoke", steps: [done, done, done, done, done] }]);
  await click(rotationsText.revoke);
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key(3)]]);
});

test("a lost value takes back the new one", async () => {
  const { called } = await shown([{ action: "revokeNew" }]);
  await click(rotationsText.revokeNew);
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key("new")]]);
});

test("the menu marks places as done, and cancels by revoking the new one", async () => {
  const places = [place("a", "~/token", true, "13:33"), place("c", "Fastlane", false)];
  const { called } = await shown([{ places }]);
  await click(rotationsText.more("token-3"));
  await chooseItem(rotationsText.markDone("Fastlane"));
  expect(called("rotationsMarkDone")[0]?.slice(1)).toEqual([{ connection: 1, number: 5 }, "c"]);
  await click(rotationsText.more("token-3"));
  await chooseItem(rotationsText.cancel);
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key("new")]]);
});

test("what the app itself signs in with is not taken back", async () => {
  const app = { ...place("app", "Entri Tokens", true, "13:33"), role: "app" as const };
  await shown([{ places: [app] }]);
  await click(rotationsText.more("token-3"));
  expect(screen.queryByRole("menuitem", { name: rotationsText.end })).not.toBeNull();
  expect(screen.queryByRole("menuitem", { name: rotationsText.cancel })).toBeNull();
});

test("one whose token changed is ended", async () => {
  const { called } = await shown([{ action: "end", waitsFor: "The old token is gone" }]);
  await click(rotationsText.end);
  const dialog = screen.getByRole("dialog", { name: rotationsText.endTitle("token-3") });
  expect(dialog.textContent).toContain(rotationsText.endText("token-3", "token-3 (r2)"));
  expect(dialog.querySelector(".whose")?.textContent).toContain("Nordlys Apps");
  expect(document.activeElement).toBe(button(m.cancel));
  await press("Escape");
  expect(called("rotationsEnd")).toEqual([]);
  await click(rotationsText.end);
  await click(rotationsText.endSubmit);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("rotationsEnd")).toEqual([["rotationsEnd", { connection: 1, number: 5 }]]);
});

test("what has no new token is ended, and asked about too", async () => {
  const { called } = await shown([{ new: null }]);
  await click(rotationsText.more("token-3"));
  await chooseItem(rotationsText.cancel);
  expect(text()).toContain(rotationsText.endText("token-3", null));
  expect(called("rotationsEnd")).toEqual([]);
});

test("Mark done names the places that are left", async () => {
  const left = [place("b", "Jenkins", false), place("c", "Fastlane", false)];
  const { called } = await shown([{ places: left, action: "markDone" }]);
  await click(rotationsText.done);
  const menu = screen.getByRole("menu", { name: rotationsText.done });
  const offered = within(menu).getAllByRole("menuitem");
  expect(offered.map((it) => it.textContent.trim())).toEqual(
    ["Jenkins", "Fastlane"].map(rotationsText.markDone),
  );
  expect(called("rotationsMarkDone")).toEqual([]);
  await chooseItem(rotationsText.markDone("Fastlane"));
  expect(called("rotationsMarkDone")[0]?.slice(1)).toEqual([{ connection: 1, number: 5 }, "c"]);
});

test.each([
  ["R", () => press("r")],
  ["its button", () => click(new RegExp(rotationsText.rotate))],
])("%s goes where a token can be chosen, and says so", async (_, ask) => {
  await shown([{}]);
  await ask();
  expect(document.activeElement).toBe(grid());
  expect(text()).toContain(m.chooseToRotate);
});

test("the search key works there too", async () => {
  await shown([{}]);
  await press("/");
  expect(document.activeElement).toBe(field(m.search));
});

test("a stuck one says so, and finished ones stand below", async () => {
  const stuck = { state: "stuck", text: "03:00" } as const;
  const id = { connection: 1, number: 9 };
  await shown([
    { steps: [done, done, done, stuck, { state: "toDo", text: "—" }] },
    { id, name: "old one", open: false, waitsFor: "Gone from the list" },
  ]);
  expect(text()).toContain("Stuck");
  expect(text()).toContain(rotationsText.finished(1));
});

test("without any, it says how to begin, and a load asks again", async () => {
  const { called } = await shown([]);
  expect(text()).toContain(rotationsText.none);
  const before = called("rotationsList").length;
  await tell.changed(status({ number: 99, generation: 42 }));
  await settle();
  expect(called("rotationsList")).toHaveLength(before + 1);
});

test("the sidebar counts those that go on", async () => {
  await open(start(), { tokensSync: () => status({ rotations: 3 }) });
  expect(screen.getByRole("button", { name: /Rotations/ }).textContent).toContain("3");
});

test("only a token that is still listed is offered to be shown", async () => {
  await shown([{ open: false, listed: [true, false] }]);
  await click(rotationsText.more("token-3"));
  const menu = screen.getByRole("menu", { name: rotationsText.more("token-3") });
  expect(menu.textContent).toContain("Show old token");
  expect(menu.textContent).not.toContain("Show new token");
});
