/** The columns that a wide list has room for. */
import { render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { ColumnView, QueryRequest, RowView, Sort, StartView } from "../src/ipc";
import { Sparks } from "../src/history/sparks.svelte";
import { TokenList } from "../src/list/list.svelte";
import Row from "../src/list/Row.svelte";
import { cellOf } from "../src/list/cells";
import { columnsOf } from "../src/columns/columns";
import { Layout } from "../src/columns/layout.svelte";
import { m } from "../src/messages";
import { settle } from "./fake";
import { open } from "./open";
import * as samples from "./samples";

const USUAL = ["use", "expires", "created", "lastUsed"];

test.each([
  [579, ["use", "lastUsed"]],
  [580, ["use", "expires", "lastUsed"]],
  [700, USUAL],
  [999, USUAL],
  [1000, ["project", ...USUAL]],
  [1130, ["project", "createdBy", ...USUAL]],
  [1250, ["project", "createdBy", "scopes", ...USUAL]],
  [1500, ["project", "createdBy", "scopes", "findings", ...USUAL]],
])("a list of %i pixels has these columns", (width, names) => {
  expect(columnsOf(width).map(({ name }) => name)).toEqual(names);
});

test("what a very wide list has to spare is shared", () => {
  const at = (list: number) => columnsOf(list).map(({ width }) => width);
  expect(at(1250)).toEqual([152, 130, 116, 146, 106, 106, 176]);
  expect(at(1900)).toEqual([209, 164, 124, 240, 146, 106, 106, 176]);
});

test("the name is as wide as it needs to be, and the rest goes to what was not sized", () => {
  const name = (list: number, chosen: readonly ColumnView[] = []) =>
    columnsOf(list, chosen).reduce((rest, { width }) => rest - width, list);
  for (const list of [2344, 2560, 3840]) {
    expect(name(list)).toBeGreaterThanOrEqual(720);
    expect(name(list)).toBeLessThan(724);
  }
  const sized = { name: "scopes", shown: null, width: 90 } as const;
  expect(columnsOf(2560, [sized]).find(({ name }) => name === "scopes")?.width).toBe(90);
  expect(name(2560, [sized])).toBeLessThan(724);
});

test("a project with a column of its own is not named below the token too", () => {
  const list = new TokenList(samples.answer({ top: 0, len: 5, seq: 1, anchor: null }));
  const layout = new Layout({ columns: [], panel: null });
  const shown = (width: number) => {
    layout.width = width;
    const props = { list, slot: 0, sparks: new Sparks(), connections: [], layout };
    const { container, unmount } = render(Row, props);
    const cells = [...container.querySelectorAll("[role=gridcell]")].map((it) => it.textContent);
    unmount();
    return cells;
  };
  const { key, project, createdBy } = samples.row(0);
  expect(shown(900)[0]).toContain(`${key.id} · ${project}`);
  const [name, ...others] = shown(1200);
  expect(name).not.toContain(project);
  expect(others.slice(0, 2)).toEqual([project, createdBy]);
});

test("the worst finding is said with how many more there are, and nothing where nobody knows", () => {
  const found = (findings: RowView["findings"]) =>
    cellOf("findings", { ...samples.row(0), findings }, "");
  const gone = { severity: "high", title: "Creator left the organization" } as const;
  const endless = { severity: "medium", title: "No expiry" } as const;
  expect(found([gone, endless])).toEqual({
    text: gone.title,
    title: `High: ${gone.title}\nMedium: ${endless.title}`,
    look: "worst high",
    note: "and 1 more",
  });
  expect(found([endless]).note).toBeUndefined();
  expect(found([])).toEqual({ text: m.noFindings, look: "muted" });
  expect(found(null)).toEqual({ text: m.notKnown, look: "muted" });
});

test("findings are asked for only while their column is shown", () => {
  const asked: boolean[] = [];
  const ask = (request: QueryRequest) => {
    asked.push(request.findings);
    return Promise.resolve(samples.answer(request));
  };
  const list = new TokenList(samples.answer({ top: 0, len: 60, seq: 1, anchor: null }), ask);
  list.showFindings(false);
  expect(asked).toEqual([]);
  list.showFindings(true);
  expect(asked).toEqual([true]);
});

test("the columns that are shown are those to sort by, but for scopes", () => {
  const layout = new Layout({ columns: [], panel: null });
  layout.width = 900;
  expect(layout.after("name")).toBe("use");
  layout.width = 1250;
  const all = [...Array(7).keys()].reduce(
    (sorted) => [...sorted, layout.after(sorted.at(-1) ?? "name")],
    ["name" as Sort],
  );
  expect(all).toEqual(["name", "project", "createdBy", ...USUAL, "name"]);
});

test("the heads of project and creator sort, that of scopes does not", async () => {
  vi.stubGlobal("innerWidth", 1600);
  const { called } = await open();
  for (const name of ["Project", "Created by"]) {
    within(screen.getByRole("columnheader", { name })).getByRole("button").click();
    await settle();
  }
  expect(called("tokensQuery").map(([, request]) => request)).toMatchObject([
    { sort: "project", descending: false },
    { sort: "createdBy", descending: false },
  ]);
  const scopes = screen.getByRole("columnheader", { name: "Scopes" });
  expect(scopes.getAttribute("aria-sort")).toBeNull();
  expect(within(scopes).queryByRole("button")).toBeNull();
  vi.unstubAllGlobals();
});

test("who is no longer a member is said below the name, without an element of its own", async () => {
  vi.stubGlobal("innerWidth", 1600);
  const left = (view: StartView) => {
    const rows = view.list?.rows.map((row, at) => ({ ...row, creatorLeft: at === 1 })) ?? [];
    return { ...view, list: view.list && { ...view.list, rows } };
  };
  await open(left(samples.start()));
  const notes = [...document.querySelectorAll("[id^=createdBy-]")].map((it) => [
    it.getAttribute("data-note"),
    it.childNodes.length,
  ]);
  expect(notes.slice(0, 3)).toEqual([
    [null, 1],
    [m.creatorLeft, 1],
    [null, 1],
  ]);
  vi.unstubAllGlobals();
});

test("a token without a name is called by its id, once", async () => {
  const nameless = (view: StartView) => {
    const rows = view.list?.rows.map((row) => ({ ...row, name: row.key.id })) ?? [];
    return { ...view, list: view.list && { ...view.list, rows } };
  };
  await open(nameless(samples.start()));
  expect(screen.getByRole("gridcell", { name: /^t-0 (?!.*t-0)/ })).toBeTruthy();
});
