/** Saved views: kept under a name, counted, renamed, deleted, and brought back. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { SavedView } from "../src/ipc";
import { m } from "../src/messages";
import { searchText } from "../src/search/messages";
import { fails, later, settle, tell } from "./fake";
import { button, chooseItem, click, field, grid, open, press, text, type } from "./open";
import { start, status } from "./samples";

const stale: SavedView = {
  id: 4,
  name: "CI without expiry",
  text: "name:ci* expires:none",
  view: "stale",
  sort: "name",
  descending: false,
  count: 5,
  problem: null,
};

async function withViews(given: Parameters<typeof open>[1] = {}, ...views: SavedView[]) {
  const shell = await open(start(), { savedList: () => views, ...given });
  await settle();
  return shell;
}

const views = () =>
  [...document.querySelectorAll(".saved-view .sidebar-item")].map((it) =>
    (it.textContent ?? "").replace(/\s+/g, " ").trim(),
  );

test("a view shows what it keeps, and says that it is what is shown", async () => {
  const { called } = await withViews({}, stale);
  expect(views()).toEqual(["CI without expiry 5"]);
  await click(/^CI without expiry/);
  const { text, view, sort, descending } = stale;
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({
    text,
    view,
    rule: null,
    sort,
    descending,
  });
  expect(field(/Search/).value).toBe(text);
  expect(document.activeElement).toBe(grid());
  expect(button(/^CI without expiry/).getAttribute("aria-current")).toBe("true");
  await type(/Search/, "other");
  expect(button(/^CI without expiry/).getAttribute("aria-current")).toBeNull();
});

test("what is shown is saved under a name, and a mistake keeps what was typed", async () => {
  const { fake, called } = await withViews({ savedSave: fails("invalid") });
  expect(text()).toContain(searchText.noViews);
  await type(/Search/, "is:stale");
  await click(searchText.saveView);
  expect(document.activeElement).toBe(field(searchText.viewName));
  await type("View name", "Old ones");
  await click("Save");
  expect(screen.getByRole("alert").textContent).toContain("It failed: invalid.");
  expect(field(searchText.viewName).value).toBe("Old ones");
  fake.savedSave = () => 9;
  fake.savedList = () => [{ ...stale, name: "Old ones" }];
  await click("Save");
  const request = { id: null, name: "Old ones", text: "is:stale", view: "all" };
  expect(called("savedSave").at(-1)?.[1]).toEqual({
    ...request,
    sort: "lastUsed",
    descending: true,
  });
  expect(views()).toEqual(["Old ones 5"]);
  expect(document.activeElement).toBe(grid());
});

test("a view takes on what is shown, and can have back what it was", async () => {
  const { called } = await withViews({}, stale);
  await click(/^CI without expiry/);
  await type(/Search/, "name:ci*");
  await click("Options for “CI without expiry”");
  await chooseItem(searchText.updateView);
  const { id, name, view, sort, descending } = stale;
  const request = { id, name, view, sort, descending };
  expect(called("savedSave")).toEqual([["savedSave", { ...request, text: "name:ci*" }]]);
  expect(text()).toContain("Updated “CI without expiry”.");
  await click("Undo");
  expect(called("savedSave").at(-1)?.[1]).toEqual({ ...request, text: stale.text });
});

test("the tokens of a finding are saved as a term", async () => {
  const { called } = await withViews();
  await click(m.auditReport);
  await click(/^Show the tokens with: Unused/);
  await click(searchText.saveView);
  await type("View name", "x");
  await click("Save");
  expect(called("savedSave").at(-1)?.[1]).toMatchObject({ text: "finding:stale" });
});

test("a view is renamed, which can be undone", async () => {
  const { called } = await withViews({}, stale);
  await click("Options for “CI without expiry”");
  await chooseItem(searchText.renameView);
  await type("View name", " CI ");
  await press("Escape");
  expect(called("savedRename")).toEqual([]);
  await chooseItem(searchText.renameView);
  await type("View name", " CI ");
  await click("Save");
  expect(called("savedRename")).toEqual([["savedRename", 4, " CI "]]);
  await click(m.notices.undo);
  expect(called("savedRename").at(-1)).toEqual(["savedRename", 4, "CI without expiry"]);
  expect(text()).not.toContain("Renamed");
});

test("F2 renames the view that has the focus", async () => {
  await withViews({}, stale);
  button(/^CI without expiry/).focus();
  await press("F2");
  expect(document.activeElement).toBe(field(searchText.viewName));
  expect(field(searchText.viewName).value).toBe("CI without expiry");
});

test("after a view is renamed beside another screen, that screen has the focus", async () => {
  await withViews({}, stale);
  await click(m.auditReport);
  button(/^CI without expiry/).focus();
  await press("F2");
  await type(searchText.viewName, "CI");
  await click(searchText.save);
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
});

test("F2 in the list renames the view that is shown, and types no commands", async () => {
  const { called } = await withViews({}, stale);
  await press("F2");
  expect(screen.queryByLabelText(searchText.viewName)).toBeNull();
  await click(/^CI without expiry/);
  expect(document.activeElement).toBe(grid());
  await press("F2");
  expect(document.activeElement).toBe(field(searchText.viewName));
  await press("Escape");
  await type(/Search/, "other");
  grid().focus();
  await press("F2");
  expect(screen.queryByLabelText(searchText.viewName), "it is shown no more").toBeNull();
  expect(called("savedRename")).toEqual([]);
});

test("a name is saved where the focus leaves it, and does not stay open behind it", async () => {
  const { called } = await withViews({}, stale);
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  for (const [typed, renamed] of [
    ["CI without expiry", []],
    ["CI", [["savedRename", 4, "CI"]]],
  ] as const) {
    await click("Options for “CI without expiry”");
    await chooseItem("Rename…");
    await type("View name", typed);
    grid().focus();
    await settle();
    expect(screen.queryByLabelText("View name")).toBeNull();
    expect(called("savedRename"), typed).toEqual(renamed);
  }
});

test("a right click opens the menu of a view once the button is let go, the menu key at once", async () => {
  await withViews({}, stale);
  const view = screen.getByRole("button", { name: /^CI without expiry/ });
  const opened = vi.fn();
  Object.assign(document.querySelector("#view-menu") ?? {}, { showPopover: opened });
  await fireEvent.contextMenu(view, { button: 2 });
  expect(opened).not.toHaveBeenCalled();
  await fireEvent(view, new MouseEvent("auxclick", { bubbles: true, button: 2 }));
  expect(opened).toHaveBeenCalledOnce();
  await fireEvent.keyDown(view, { key: "ContextMenu" });
  expect(opened).toHaveBeenCalledTimes(2);
});

test("a view is deleted at once, and comes back for ten seconds", async () => {
  const { fake, called } = await withViews({}, stale);
  await click("Options for “CI without expiry”");
  const deleted = later<null>();
  Object.assign(fake, { savedList: () => [], savedDelete: () => deleted.promise });
  await chooseItem(searchText.deleteView);
  expect([views(), called("savedDelete")]).toEqual([[], [["savedDelete", 4]]]);
  deleted.resolve(null);
  await settle();
  await vi.advanceTimersByTimeAsync(9_000);
  fake.savedList = () => [stale];
  await click(m.notices.undo);
  const { id, name, text, view, sort, descending } = stale;
  expect(called("savedSave").at(-1)?.[1]).toEqual({ id, name, text, view, sort, descending });
  expect(views()).toHaveLength(1);
  fake.savedList = () => [];
  await chooseItem(searchText.deleteView);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(screen.queryByRole("button", { name: m.notices.undo })).toBeNull();
});

test("what could not be deleted is there again, and said", async () => {
  await withViews({ savedDelete: fails("internal") }, stale);
  await click("Options for “CI without expiry”");
  await chooseItem(searchText.deleteView);
  expect(views()).toHaveLength(1);
  expect(text()).toContain("It failed: internal.");
});

test("the counts follow the list, and a search that is not understood says so", async () => {
  const { fake } = await withViews({}, stale);
  fake.savedList = () => [
    { ...stale, count: 1234 },
    { ...stale, id: 5, problem: "No such." },
  ];
  await tell.changed(status({ generation: 2 }));
  await settle();
  expect(views()).toEqual(["CI without expiry 1,234", "CI without expiry –"]);
  const [, broken] = screen.getAllByRole("button", { name: /^CI without/ });
  expect(broken?.getAttribute("title")).toBe("CI without expiry\nNo such.");
});

test("no view is shown while the report is", async () => {
  await withViews({}, stale);
  await click(/^CI without expiry/);
  await click(m.auditReport);
  expect(button(/^CI without expiry/).getAttribute("aria-current")).toBeNull();
  expect(screen.queryByRole("button", { name: searchText.saveView })).toBeNull();
});

test("Delete deletes the view that has the focus, and asks about no token", async () => {
  const { called } = await withViews({}, stale);
  await press("ArrowDown", {}, grid());
  const view = button(/^CI without expiry/);
  view.focus();
  await press("Delete", {}, view);
  await settle();
  expect(called("savedDelete")).toEqual([["savedDelete", stale.id]]);
  const place = button(/^API tokens/);
  place.focus();
  await press("Delete", {}, place);
  expect(called("tokensPreviewRevoke")).toEqual([]);
});
