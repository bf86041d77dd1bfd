/** Background checks: how they are set, and what a click on a notification does. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { WatchView } from "../src/ipc";
import { m } from "../src/messages";
import { checksText } from "../src/preferences/messages";
import { fails, later, settle, tell } from "./fake";
import { choose, click, field, grid, open, press, radio, text } from "./open";
import { start, watch } from "./samples";

async function withChecks(given: Parameters<typeof open>[1] = {}) {
  const shell = await open(start(), given);
  await click(m.preferences);
  return shell;
}

test("they are off until they are turned on, and say where the app goes", async () => {
  const { called } = await withChecks({
    watchChange: (hours) => watch({ hours, next: "in 6 hours", inTray: true }),
  });
  expect(radio("Off").checked).toBe(true);
  await choose("6 hours");
  expect(called("watchChange")).toEqual([["watchChange", 6]]);
  expect(radio("6 hours").checked).toBe(true);
  expect(text()).toContain(checksText.inTray);
  expect(text()).toContain("Next check in 6 hours.");
  await choose("Off");
  expect(called("watchChange").at(-1)).toEqual(["watchChange", null]);
});

test("a desktop without a tray, and a sign-in that is needed, are said", async () => {
  await withChecks({ watchShow: () => watch({ hours: 12, stopped: ["Acme", "Web"] }) });
  expect(radio("12 hours").checked).toBe(true);
  expect(text()).toContain("This desktop has no system tray.");
  expect(text()).toContain("Sign in to Acme, Web to resume checks.");
});

test("where there is nothing but the sandbox, that is said", async () => {
  await withChecks({ watchShow: () => watch({ hours: 6, inTray: true }) });
  expect(text()).toContain(checksText.nothing);
});

test("what cannot be set is said, and stays as it was", async () => {
  await withChecks({ watchChange: fails("internal", "The disk is full.") });
  await choose("1 hour");
  expect(text()).toContain("The disk is full.");
  expect(radio("Off").checked).toBe(true);
});

test("of two choices in quick succession, the second waits for the first, and counts", async () => {
  const first = later<WatchView>();
  const { called } = await withChecks({
    watchChange: (hours) => (hours === 6 ? first.promise : watch({ hours })),
  });
  await choose("6 hours");
  await choose("12 hours");
  expect(called("watchChange")).toEqual([["watchChange", 6]]);
  expect(radio("12 hours").checked).toBe(true);
  first.resolve(watch({ hours: 6 }));
  await settle();
  expect(called("watchChange")).toEqual([
    ["watchChange", 6],
    ["watchChange", 12],
  ]);
  expect(radio("12 hours").checked).toBe(true);
});

test("the app starts at a sign-in only for its checks, and what fails is put back", async () => {
  const { called } = await withChecks({
    watchChange: (hours) => watch({ hours }),
    watchAtLogin: (on) => (on ? watch({ hours: 1, atLogin: true }) : fails("internal", "No.")()),
  });
  const starts = () => screen.getByRole<HTMLInputElement>("switch", { name: checksText.atLogin });
  expect(starts().disabled).toBe(true);
  expect(text()).toContain(checksText.checksFirst);
  await choose("1 hour");
  await fireEvent.click(starts());
  await settle();
  expect(called("watchAtLogin")).toEqual([["watchAtLogin", true]]);
  expect(starts().checked).toBe(true);
  await click(`${checksText.atLogin}: ${checksText.reset}`);
  expect(text()).toContain("No.");
  expect(starts().checked).toBe(true);
});

test("where the system starts nothing, that is not offered", async () => {
  await withChecks({ watchShow: () => watch({ hours: 1, atLogin: null }) });
  expect(text()).not.toContain(checksText.atLogin);
});

const opened = start({
  opened: { text: "expires:<=7d", view: "all", sort: "expires", descending: true },
});

test("a click on a notification lists its tokens", async () => {
  let view = start();
  await open(start(), { connectionsStart: () => view });
  view = opened;
  await tell.watchOpened();
  await settle();
  expect(field(/Search/).value).toBe("expires:<=7d");
  expect(document.activeElement).toBe(grid());
  expect(document.querySelector("[aria-sort=descending]")?.textContent).toContain("Expires");
});

test("what a dialog holds is not lost to it", async () => {
  let view = start();
  await open(start(), { connectionsStart: () => view });
  view = opened;
  await press("n", { ctrlKey: true });
  const dialog = screen.getByRole("dialog");
  await tell.watchOpened();
  await settle();
  expect(screen.getByRole("dialog")).toBe(dialog);
  await press("Escape");
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(field(/Search/).value).toBe("expires:<=7d");
});
