/** The search field: what is offered while typing, what is said of a wrong word, and the facets. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { CompletionView, QueryRequest, QueryView } from "../src/ipc";
import { m } from "../src/messages";
import { later, settle } from "./fake";
import { button, field, grid, open, press, text, type } from "./open";
import { answer, start } from "./samples";
import { searchText } from "../src/search/messages";

const search = () => field(/Search/) as HTMLInputElement;
const options = () =>
  screen.queryAllByRole("option").map((it) => it.textContent.replace(/\s+/g, " ").trim());

function completion(end: number, ...suggested: [string, number | null][]): CompletionView {
  const suggestions = suggested.map(([text, count]) => ({ text, label: text, about: "", count }));
  return { start: 0, end, suggestions };
}

const keys = completion(2, ["project:", null], ["name:", null]);
const values = completion(8, ['project:"Web"', 5], ['project:"Docs"', 1]);
const byText = ({ text }: { text: string }) => (text.endsWith(":") ? values : keys);

test("a term is completed with the keyboard alone, first its key and then its value", async () => {
  const { called } = await open(start(), { searchComplete: byText });
  await press("/", {}, grid());
  expect(search().getAttribute("role")).toBe("combobox");
  await type(/Search/, "pr");
  expect(options()).toEqual(["project:", "name:"]);
  expect(search().getAttribute("aria-expanded")).toBe("true");
  expect(search().getAttribute("aria-activedescendant")).toBeNull();
  await press("ArrowUp");
  expect(screen.getByRole("option", { selected: true }).textContent).toContain("name:");
  await press("ArrowDown");
  await press("Enter");
  expect(search().value).toBe("project:");
  expect(options()).toEqual(['project:"Web" 5', 'project:"Docs" 1']);
  expect(document.activeElement).toBe(search());
  await press("Tab");
  expect(search().value).toBe('project:"Web" ');
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ text: 'project:"Web" ' });
  expect(options()).toEqual([]);
  expect(search().getAttribute("aria-expanded")).toBe("false");
  await press("ArrowDown");
  expect(document.activeElement).toBe(grid());
});

test("Escape closes what is offered, and once more empties the search", async () => {
  await open(start(), { searchComplete: byText });
  await type(/Search/, "pr");
  await press("Escape");
  expect([options(), search().value]).toEqual([[], "pr"]);
  await press("Escape");
  expect(search().value).toBe("");
});

test("Escape means what is about to be offered as well, and throws nothing away", async () => {
  const slow = later<CompletionView>();
  await open(start(), { searchComplete: () => slow.promise });
  await type(/Search/, "pr");
  await press("Escape");
  expect(search().value).toBe("pr");
  slow.resolve(keys);
  await settle();
  expect(options()).toEqual([]);
  await press("Escape");
  expect(search().value).toBe("");
});

test("Escape leaves the field before the list that was found nothing in is back", async () => {
  const held = later<QueryView>();
  const nothing = (request: QueryRequest) =>
    request.text === "" ? held.promise : answer(request, 0);
  const { fake } = await open(start());
  fake.tokensQuery = nothing;
  await type(/Search/, "q");
  expect(screen.queryByRole("grid")).toBeNull();
  await press("Escape");
  await press("Escape");
  expect(document.activeElement).toBe(document.body);
  held.resolve(answer({ top: 0, len: 20, seq: 3, anchor: null }));
  await settle();
  expect(document.activeElement).toBe(grid());
});

test("Enter goes to the list where nothing was picked, and Tab out of the field where nothing is offered", async () => {
  const { fake } = await open(start(), { searchComplete: byText });
  await type(/Search/, "pr");
  await press("Enter");
  expect(document.activeElement).toBe(grid());
  expect(options()).toEqual([]);
  fake.searchComplete = () => null;
  await type(/Search/, "ci");
  expect((await press("Tab")).defaultPrevented).toBe(false);
});

test("a suggestion is taken with the mouse, and the field keeps the focus", async () => {
  await open(start(), { searchComplete: byText });
  await type(/Search/, "project:");
  const option = screen.getAllByRole("option")[1];
  const down = new MouseEvent("pointerdown", { bubbles: true, cancelable: true });
  option?.dispatchEvent(down);
  expect(down.defaultPrevented).toBe(true);
  option?.click();
  await settle();
  expect(search().value).toBe('project:"Docs" ');
});

test("an answer that comes late offers nothing for an older word", async () => {
  const first = later<CompletionView | null>();
  const asked: string[] = [];
  await open(start(), {
    searchComplete: ({ text }) => {
      asked.push(text);
      return asked.length === 1 ? first.promise : null;
    },
  });
  await type(/Search/, "p");
  await type(/Search/, "px");
  await type(/Search/, "pxy");
  first.resolve(keys);
  await settle();
  expect(asked, "one at a time, and the latest wins").toEqual(["p", "pxy"]);
  expect(options()).toEqual([]);
});

const problem = { start: 3, end: 11, message: "Unknown status “stael”." };
const withProblem = (request: QueryRequest) => ({
  ...answer(request),
  problems: request.text.includes("stael") ? [problem] : [],
});

test("a word that makes no sense is marked, said and tied to the field", async () => {
  await open(start(), { tokensQuery: withProblem });
  await type(/Search/, "ci is:stael x");
  const marked = [...document.querySelectorAll(".marks mark")].map((it) => it.textContent);
  expect(marked).toEqual(["is:stael"]);
  expect(document.querySelector(".marks")?.textContent).toBe("ci is:stael x");
  expect(search().getAttribute("aria-invalid")).toBe("true");
  const said = document.getElementById(search().getAttribute("aria-describedby") ?? "");
  expect(said?.getAttribute("role")).toBe("status");
  expect(said?.textContent).toContain("Unknown status “stael”. Ignored in results");
  await type(/Search/, "ci is:stale x");
  expect(document.querySelector(".marks")).toBeNull();
  expect(search().getAttribute("aria-invalid")).toBeNull();
  expect(text()).not.toContain("Unknown status");
});

test("every word that makes no sense is said, and counted beside the result", async () => {
  const second = { start: 12, end: 20, message: "Unknown status “xpired”." };
  await open(start(), {
    tokensQuery: (request) => ({ ...answer(request, 6), problems: [problem, second] }),
  });
  await type(/Search/, "ci is:stael is:xpired");
  const said = document.getElementById("search-problem")?.textContent;
  expect(said).toMatch(/stael.*Ignored.*xpired.*Ignored/);
  expect(screen.getByText("6 of 6 tokens · 2 terms ignored")).toBeTruthy();
});

test("nothing that was offered for an earlier word stays while a later one is typed", async () => {
  const slow = later<CompletionView | null>();
  const { fake } = await open(start(), { searchComplete: () => values });
  await type(/Search/, "project:");
  expect(options()).not.toEqual([]);
  fake.searchComplete = () => slow.promise;
  await type(/Search/, "project:w");
  expect(options(), "it is still the same word").not.toEqual([]);
  await type(/Search/, "project:web scope:wr");
  expect(options()).toEqual([]);
  slow.resolve(null);
  await settle();
});

test("nothing is called wrong while it is being completed", async () => {
  await open(start(), { tokensQuery: withProblem, searchComplete: () => keys });
  await type(/Search/, "ci is:stael");
  expect(search().getAttribute("aria-invalid")).toBeNull();
  expect(text()).not.toContain("Unknown status");
  await press("Escape");
  expect(search().getAttribute("aria-invalid")).toBe("true");
});

test("a facet lists its values, and writes the one that is chosen into the search", async () => {
  const { called } = await open(start(), {
    searchFacet: () => ({
      values: [
        { label: "Web", count: 1234, chosen: false, text: 'x project:"Web"' },
        { label: "Docs", count: 1, chosen: true, text: "x" },
      ],
      more: 3,
      cleared: null,
    }),
    tokensQuery: (request) => ({
      ...answer(request),
      chosen: request.text.includes("Web") ? [{ facet: "project", value: "Web" }] : [],
    }),
  });
  const popover = document.getElementById("facet-project");
  const toggle = (newState: string) =>
    popover?.dispatchEvent(Object.assign(new Event("toggle"), { newState }));
  if (popover !== null) popover.hidePopover = () => toggle("closed");
  toggle("open");
  await settle();
  expect(called("searchFacet")).toEqual([
    ["searchFacet", { text: "", view: "all", rule: null }, "project"],
  ]);
  const entries = screen.getAllByRole("menuitemcheckbox", { hidden: true });
  expect(entries.map((it) => it.textContent.trim())).toEqual(["Web1,234", "Docs1"]);
  expect(entries.map((it) => it.getAttribute("aria-checked"))).toEqual(["false", "true"]);
  expect(document.activeElement, "where the choice is").toBe(entries[1]);
  await press("ArrowDown");
  expect(document.activeElement).toBe(entries[0]);
  await press("ArrowUp");
  expect(document.activeElement).toBe(entries[1]);
  expect(popover?.textContent).toContain("3 more");
  entries[0]?.click();
  await settle();
  expect(search().value).toBe('x project:"Web"');
  expect(button("Project: Web")).toBeTruthy();
  expect(screen.queryAllByRole("menuitemcheckbox", { hidden: true })).toEqual([]);
});

test("a long facet is filtered by what is typed, and Clear lets go of what is chosen", async () => {
  const value = (at: number) => ({
    label: `Project ${at}`,
    count: at,
    chosen: at === 3,
    text: `project:"Project ${at}"`,
  });
  await open(start(), {
    searchFacet: () => ({
      values: Array.from({ length: 40 }, (_, at) => value(at)),
      more: 0,
      cleared: "x",
    }),
  });
  const popover = document.getElementById("facet-project");
  const toggle = (newState: string) =>
    popover?.dispatchEvent(Object.assign(new Event("toggle"), { newState }));
  if (popover !== null) popover.hidePopover = () => toggle("closed");
  toggle("open");
  await settle();
  const filter = screen.getByLabelText<HTMLInputElement>(searchText.filterValues);
  expect(document.activeElement).toBe(filter);
  filter.value = "PROJECT 2";
  filter.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
  const entries = () => screen.getAllByRole("menuitemcheckbox", { hidden: true });
  expect(entries()).toHaveLength(11);
  await press("ArrowDown");
  expect(document.activeElement).toBe(entries()[0]);
  filter.focus();
  await press("Enter");
  expect(search().value).toBe('project:"Project 2"');
  toggle("open");
  await settle();
  screen.getByRole("button", { name: searchText.clearFacet, hidden: true }).click();
  await settle();
  expect(search().value).toBe("x");
});

test("the help has the terms as the shell tells them", async () => {
  await open();
  await press("?", {}, grid());
  expect(document.querySelector(".terms")?.textContent).toMatch(/is:stale\s*By state\./);
});

test("what was closed stays closed when its answer comes late", async () => {
  const answers = later<CompletionView | null>();
  await open(start(), { searchComplete: () => answers.promise });
  await type(/Search/, "pr");
  grid().focus();
  answers.resolve(keys);
  await settle();
  expect(options()).toEqual([]);
});

test("rows that come back while somebody types leave the focus in the field", async () => {
  await open(start(), {
    tokensQuery: (request) => answer(request, request.text === "is" ? 0 : 48),
  });
  await type(/Search/, "is");
  expect(text()).toContain(m.empty.noMatch);
  await type(/Search/, "is:");
  expect(grid()).toBeTruthy();
  expect(document.activeElement).toBe(search());
});
