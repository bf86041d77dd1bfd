/** The palette: what it finds, what Enter does with it, and that it gives the focus back. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";

import { paletteText } from "../src/palette/messages";
import { fit } from "../src/palette/fuzzy";
import { whyNot } from "../src/commands/messages";
import { auditText } from "../src/audit/messages";
import { m } from "../src/messages";
import { rowMenu } from "../src/menu/messages";
import type { SavedView } from "../src/ipc";
import { later, settle } from "./fake";
import { button, field, grid, open, press } from "./open";
import {
  actionsFor,
  active,
  ask,
  input,
  labels,
  noTokens,
  option,
  options,
  palette,
  run,
  says,
  told,
} from "./palette-page";
import { answer, connection, key, row, start, status } from "./samples";

beforeEach(() => {
  // The page under test has no popovers; the window's tests have.
  HTMLElement.prototype.showPopover = () => undefined;
});

const ci: SavedView = {
  id: 4,
  name: "CI without expiry",
  text: "ci expires:none",
  view: "all",
  sort: "created",
  descending: true,
  count: 5,
  problem: null,
};

test("Ctrl K opens it from wherever the focus is, and Escape gives the focus back", async () => {
  await open();
  field(m.search).focus();
  expect((await press("k", { ctrlKey: true })).defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(input());
  await press("Escape");
  expect(palette()).toBeNull();
  expect(document.activeElement).toBe(field(m.search));
  grid().focus();
  await press("л", { code: "KeyK", ctrlKey: true });
  expect(palette()).not.toBeNull();
  await press("k", { ctrlKey: true });
  expect(palette()).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test("a few letters find it, those of its words are marked, and the count is told", async () => {
  await open(start(), { tokensQuery: noTokens });
  await ask("expau");
  expect(labels().slice(0, 3)).toEqual([
    expect.stringMatching(/^Export audit report/),
    expect.stringMatching(/^Export audit report/),
    expect.stringMatching(/^Export audit report/),
  ]);
  const marks = [...(options()[0]?.querySelectorAll("mark") ?? [])];
  expect(marks.map((it) => it.textContent)).toEqual(["Exp", "au"]);
  expect(told()).toBe(paletteText.matches(options().length));
  await ask("no such thing");
  expect(options()).toEqual([]);
  expect(told()).toBe(paletteText.none);
});

test.each([
  ["rev", "Revoke…", "Remove the view"],
  ["cid", "Copy ID", "Cancel incident didn’t"],
  ["ci", "ci-main", "Refresh incident"],
  ["exp", "Export", "Next page"],
  ["cafe", "Café", "Copy all of it everywhere"],
])("with %s, “%s” is closer than “%s”", (typed, closer, farther) => {
  expect(fit(closer, typed)?.score).toBeGreaterThan(fit(farther, typed)?.score ?? 0);
});

test("letters that are there by chance are no match", () => {
  expect(fit("Refresh in the background", "rnd")).toBeNull();
  expect(fit("Copy name", "xyz")).toBeNull();
  expect(fit("anything", " ")?.at).toEqual([]);
});

test("arrows go round, and the field tells which one they are on", async () => {
  await open();
  await ask("sort");
  const described = () =>
    document.getElementById(input().getAttribute("aria-activedescendant") ?? "");
  expect(active()).toBe(options()[0]);
  await press("ArrowDown");
  expect(active()).toBe(options()[1]);
  expect(described()).toBe(active());
  await press("ArrowUp");
  await press("ArrowUp");
  expect(active()).toBe(options().at(-1));
  await press("PageUp");
  await press("PageUp");
  expect(active()).toBe(options()[0]);
  expect(document.activeElement).toBe(input());
});

test("what isn't possible now is listed with the reason, and Enter does nothing with it", async () => {
  const closed = () => status({ connections: [{ ...connection, forbidden: true }] });
  const { called } = await open(start({ status: closed() }), {
    tokensSync: closed,
    tokensQuery: noTokens,
  });
  await ask(m.createToken);
  expect(option(m.createToken).getAttribute("aria-disabled")).toBe("true");
  expect(says(option(m.createToken))).toBe(m.onlyManagers);
  await ask("copyn");
  expect(says(option(rowMenu.copyName))).toBe(whyNot.noRow);
  await press("Enter");
  expect(palette()).not.toBeNull();
  expect(called("tokensCopyName")).toEqual([]);
  await press("Escape");
  await press("ArrowDown");
  await ask("copyn");
  const on = Number(document.querySelector(".row.active")?.getAttribute("data-position"));
  expect(says(option(rowMenu.copyName))).toBe(`token-${on}`);
  await press("Enter");
  expect(palette()).toBeNull();
  expect(called("tokensCopyName")).toEqual([["tokensCopyName", key(on)]]);
  await ask("extend the");
  expect(says(options()[0])).toBe(whyNot.noExtend);
});

test("before anything is typed, what is possible now comes first", async () => {
  await open();
  await ask();
  const group = screen.getByRole("group", { name: paletteText.commands });
  const all = [...group.querySelectorAll("[role=option]")];
  const closed = all.map((it) => it.getAttribute("aria-disabled") === "true");
  expect(closed.indexOf(true)).toBeGreaterThan(0);
  expect(closed.lastIndexOf(false)).toBeLessThan(closed.indexOf(true));
});

test("what can't be undone only opens its dialog", async () => {
  let selected = 0;
  const { called } = await open(start(), {
    tokensQuery: (request) => ({ ...answer(request), selected, selectedOf: [1] }),
  });
  grid().focus();
  await press("ArrowDown");
  await run("revoke…");
  expect(screen.getByRole("heading", { name: "Revoke “token-0”?" })).toBeTruthy();
  await press("Escape");
  expect(document.activeElement).toBe(grid());
  await run("disconnect");
  expect(button("Disconnect")).toBeTruthy();
  await press("Escape");
  selected = 2;
  await press("x");
  await run("revoke sel");
  expect(called("bulkRevokesPlan")).toHaveLength(1);
  for (const act of ["tokensRevoke", "bulkRevokesRun", "connectionsDisconnect"] as const)
    expect(called(act)).toEqual([]);
});

test("tokens are found by name and id, and Enter shows one in the list", async () => {
  const asked: string[] = [];
  const { called } = await open(start(), {
    tokensQuery: (request) => {
      asked.push(request.text);
      return answer(request, /^(name|id):t/.test(request.text) ? 3 : 48);
    },
  });
  await ask("tok en");
  expect(asked).toContain("name:tok name:en");
  expect(asked).toContain("id:tok id:en");
  expect(option("token-2")).toBeTruthy();
  await ask("t-2");
  option("token-2").click();
  await settle();
  expect(called("tokensDetails").at(-1)).toEqual(["tokensDetails", key(2)]);
  expect(document.querySelector(".row.active")?.getAttribute("data-position")).toBe("2");
  expect(document.activeElement).toBe(grid());
});

test("Enter waits for tokens where nothing else fits, and for no older answer", async () => {
  const late = later<ReturnType<typeof answer>>();
  const { called } = await open(start(), {
    tokensQuery: (request) =>
      request.text.startsWith("name:zz") ? late.promise : answer(request, request.text ? 0 : 48),
  });
  await run("zz");
  expect(palette()).not.toBeNull();
  late.resolve({
    ...answer({ top: 0, len: 1, seq: 0, anchor: null }),
    rows: [{ ...row(7), name: "zz-top" }],
  });
  await settle();
  expect(palette()).toBeNull();
  expect(called("tokensDetails")).toEqual([["tokensDetails", key(7)]]);
});

test("Shift Enter shows what can be done with a token, and Escape goes back", async () => {
  const { called } = await open(start(), { tokensQuery: (it) => answer(it, it.text ? 3 : 48) });
  await actionsFor("token-1");
  const title = paletteText.actionsFor("token-1");
  expect(input().getAttribute("aria-label")).toBe(title);
  expect(labels()).toContain(rowMenu.copyId);
  await ask("copy");
  expect(screen.getByRole("group", { name: title }).querySelector("p")?.textContent).toBe(title);
  expect(palette()?.querySelector("[role=listbox] kbd")).toBeNull();
  expect(palette()?.querySelector("footer")?.textContent).not.toContain("Shift");
  await press("Escape");
  expect(input().getAttribute("aria-label")).toBe(paletteText.placeholder);
  expect(input().value).toBe("tok");
  expect(active()).toBe(option("token-1"));
  expect(palette()?.querySelector("footer")?.textContent).toContain("Shift");
  await press("Enter", { shiftKey: true });
  await run("copy id");
  expect(called("tokensCopyId")).toEqual([["tokensCopyId", key(1)]]);
});

test("an input method's Enter chooses its own words", async () => {
  await open();
  await ask("keyboard");
  await press("Enter", { isComposing: true });
  await press("Enter", { keyCode: 229 });
  expect(palette()).not.toBeNull();
  await press("Enter");
  expect(palette()).toBeNull();
});

test("what was chosen lately comes first", async () => {
  await open();
  await run("verify");
  await ask();
  expect(
    screen.getAllByRole("group").some((it) => it.getAttribute("aria-label") === paletteText.recent),
  ).toBe(true);
  expect(labels()[0]).toBe("Verify journal");
  expect(labels().filter((it) => it === "Verify journal")).toHaveLength(1);
});

test("views, connections and acts of other screens are there", async () => {
  const other = { ...connection, id: 2, label: "Other" };
  const several = () => status({ connections: [connection, other] });
  const { called } = await open(start({ status: several() }), {
    savedList: () => [ci],
    tokensSync: several,
    tokensQuery: noTokens,
  });
  await run("ciwi");
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ text: ci.text });
  await run("other");
  expect(called("connectionsShow")).toEqual([["connectionsShow", 2]]);
  await run("export audit report to print");
  expect(screen.getByRole("heading", { name: auditText.saveTitle })).toBeTruthy();
});

test("a token's value in the field is refused, and says so", async () => {
  await open(start(), {
    tokensQuery: (it) =>
      it.text === "" ? answer(it) : Promise.reject({ code: "internal", message: "No." } as never),
  });
  await ask("zzz");
  expect(told()).toBe("No.");
});
