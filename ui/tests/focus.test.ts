/** The focus is always on something that is seen, and in the list on a row that the next key acts on. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { SavedView } from "../src/ipc";
import { m } from "../src/messages";
import { notices } from "../src/notices.svelte";
import { auditText } from "../src/audit/messages";
import { searchText } from "../src/search/messages";
import { activityText } from "../src/activity/messages";
import { click, button, field, grid, open, press, text, type } from "./open";
import { fails, settle } from "./fake";
import { answer, start } from "./samples";

const view = (id: number): SavedView => ({
  id,
  name: `View ${id}`,
  text: `name:${id}`,
  view: "all",
  sort: "name",
  descending: false,
  count: 5,
  problem: null,
});
const active = () => grid().getAttribute("aria-activedescendant");
const nothing = (request: Parameters<typeof answer>[0] & { text: string }) =>
  answer(request, request.text === "none" ? 0 : 48);

test("a saved view that Enter opened has the keyboard on its first row, which Delete is for", async () => {
  const { called } = await open(start(), { savedList: () => [view(1)] });
  const saved = button(/^View 1/);
  saved.focus();
  saved.click();
  await settle();
  expect(document.activeElement).toBe(grid());
  expect(active()).not.toBeNull();
  await press("Delete");
  expect(called("tokensPreviewRevoke")).toHaveLength(1);
});

test("Escape in a search that found nothing, and the arrow there, leave the focus on something", async () => {
  await open(start(), { tokensQuery: nothing });
  await type(m.search, "none");
  await press("ArrowDown");
  expect(document.activeElement?.textContent).toBe(m.empty.noMatch);
  await press("Escape");
  expect(document.activeElement).toBe(grid());
  expect(active()).not.toBeNull();
});

test("the tokens of a finding have the keyboard on the first of them", async () => {
  await open();
  await click(m.auditReport);
  screen.getAllByText(auditText.show, { selector: "button" })[0]?.click();
  await settle();
  expect(document.activeElement).toBe(grid());
  expect(active()).not.toBeNull();
});

test("after a view is deleted the next one has the focus, and after the last the screen’s own entry", async () => {
  const { fake, called } = await open(start(), { savedList: () => [view(1), view(2)] });
  button(/^View 1/).focus();
  fake.savedList = () => [view(2)];
  await press("Delete");
  expect(document.activeElement).toBe(button(/^View 2/));
  fake.savedList = () => [];
  await press("Delete");
  await press("Delete");
  expect(document.activeElement?.textContent).toContain(m.title);
  expect(called("tokensPreviewRevoke")).toEqual([]);
});

test("a message that Enter closes gives the focus back", async () => {
  await open();
  const card = document.querySelector<HTMLElement>(".summary button");
  card?.focus();
  notices.say("Done.");
  await settle();
  await press("F6");
  expect(document.activeElement).toBe(button(m.notices.close));
  await click(m.notices.close);
  await settle();
  expect(document.activeElement).toBe(card);
});

test("what is off for a while has the focus again once it is on", async () => {
  await open();
  const card = document.querySelector<HTMLButtonElement>(".summary button");
  card?.focus();
  card?.blur();
  card?.toggleAttribute("disabled", true);
  await settle();
  expect(document.activeElement).toBe(document.body);
  card?.toggleAttribute("disabled", false);
  await settle();
  expect(document.activeElement).toBe(card);
});

test("Home and End stay in the sidebar", async () => {
  await open();
  button(m.auditReport).focus();
  await press("End");
  expect(document.activeElement).toBe(button(m.preferences));
  await press("Home");
  expect(document.activeElement?.className).toContain("connection");
  // After a click they are the list's.
  document.activeElement?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  await press("End");
  expect(document.activeElement).toBe(grid());
});

test("the arrows go along the lines of another screen from anywhere, and pages and ends too", async () => {
  await open();
  await click(m.activity);
  const lines = [...document.querySelectorAll(".act .line")];
  expect(lines.length).toBeGreaterThan(1);
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: m.activity }));
  await press("ArrowDown");
  expect(document.activeElement).toBe(lines[0]);
  button(activityText.verify).focus();
  await press("j");
  expect(document.activeElement).toBe(lines[0]);
  await press("PageDown");
  expect(document.activeElement).toBe(lines.at(-1));
  await press("PageUp");
  expect(document.activeElement).toBe(lines[0]);
  await click(m.rotations);
  await press("ArrowDown");
  expect(document.activeElement?.closest("tbody tr")).not.toBeNull();
});

test("a name that is refused has the focus, and letters are no commands while it is asked for", async () => {
  await open(start(), { savedSave: fails("invalid") });
  await type(m.search, "ci");
  await click(searchText.saveView);
  button(searchText.save).focus();
  await press("?");
  expect(document.querySelector("dialog[open]")).toBeNull();
  await click(searchText.save);
  expect(text()).toContain("It failed: invalid.");
  expect(document.activeElement).toBe(field(searchText.viewName));
});
