import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { shortcutText } from "../src/dialogs/messages";
import { columnText } from "../src/columns/messages";
import { m } from "../src/messages";
import { settle } from "./fake";
import { button, click, field, grid, open, press, text, type } from "./open";
import { answer, connection, counts, start, status } from "./samples";

const none = () => ({ ...answer({ top: 0, len: 30, seq: 0, anchor: null }, 0), counts: counts(0) });
const empty = (change: Parameters<typeof status>[0]) =>
  open(start({ list: none(), status: status(change) }), {
    tokensQuery: ({ seq }) => ({ ...none(), seq }),
    tokensSync: () => status(change),
  });

test("a card filters, and says that it does", async () => {
  const { called } = await open();
  await click(/Stale/);
  expect(called("tokensQuery")[0]?.[1]).toMatchObject({ view: "stale", top: 0 });
  expect(button(/6 Stale/).getAttribute("aria-pressed")).toBe("true");
  expect(button(/48 All/).getAttribute("aria-pressed")).toBe("false");
});

test("a date that cannot be read is told from none, and says why", async () => {
  const why = "The server reports this date in an unreadable form.";
  const odd = { text: "Unreadable", title: why, local: null, muted: false };
  const asked = answer({ top: 0, len: 30, seq: 0, anchor: null }, 1);
  const rows = asked.rows.map((row) => ({ ...row, chip: "unreadable" as const, expires: odd }));
  await open(start({ list: { ...asked, rows } }));
  const cell = screen.getByTitle(why);
  expect([cell.textContent.trim(), cell.classList.contains("never")]).toEqual([
    "Unreadable",
    false,
  ]);
});

test("each letter asks at once, and the result is told", async () => {
  const { called } = await open(start(), { tokensQuery: (request) => answer(request, 6) });
  await press("/");
  expect(document.activeElement).toBe(field(/Search/));
  await type(/Search/, "ci");
  expect(called("tokensQuery")[0]?.[1]).toMatchObject({ text: "ci" });
  expect(screen.getByText("6 of 6 tokens").getAttribute("role")).toBe("status");
});

test("All is chosen only where nothing filters, and shows all again", async () => {
  await open();
  const all = screen.getByRole("button", { name: /All$/ });
  expect(all.getAttribute("aria-pressed")).toBe("true");
  await type(/Search/, "ci");
  expect(all.getAttribute("aria-pressed")).toBe("false");
  all.click();
  await settle();
  expect(field(/Search/).value).toBe("");
  expect(all.getAttribute("aria-pressed")).toBe("true");
});

test("a card that is clicked again lets go of its tokens, and the search stays", async () => {
  const { called } = await open();
  const asked = () => called("tokensQuery").at(-1)?.[1];
  await type(/Search/, "ci");
  await click(/Stale/);
  expect(asked()).toMatchObject({ text: "ci", view: "stale" });
  await click(/Stale/);
  expect(asked()).toMatchObject({ text: "ci", view: "all" });
  await click(/Stale/);
  await click(/All$/);
  expect(asked()).toMatchObject({ text: "ci", view: "all" });
  await click(/All$/);
  expect(asked()).toMatchObject({ text: "", view: "all" });
});

test("Escape empties the search, and once more goes back to the list", async () => {
  await open();
  await type(/Search/, "ci");
  await press("Escape");
  expect(field(/Search/).value).toBe("");
  expect(document.activeElement).toBe(field(/Search/));
  await press("Escape");
  expect(document.activeElement).toBe(grid());
});

test("letters typed into the search are no commands", async () => {
  await open();
  field(/Search/).focus();
  for (const key of ["c", "s", "j", "?", "Delete"]) await press(key);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("an organization without tokens has nothing to count, and one primary button", async () => {
  await empty({});
  expect(text()).toContain("No tokens yet");
  expect(screen.queryByRole("toolbar", { name: "Filters" })).toBeNull();
  expect(document.querySelectorAll(".primary")).toHaveLength(1);
});

test("Ctrl A selects no text of a dialog, but that of its fields", async () => {
  await open();
  await press("c");
  const dialog = screen.getByRole("dialog");
  const select = (on: Element) => press("a", { ctrlKey: true }, on);
  expect((await select(dialog)).defaultPrevented).toBe(true);
  expect((await select(field("Name"))).defaultPrevented).toBe(false);
});

test("the help says which version this is", async () => {
  await open();
  await press("?");
  expect(screen.getByRole("dialog").textContent).toContain("Entri Tokens 0.1.0");
});

test("where nothing matches, one button shows everything again", async () => {
  await open(start(), {
    tokensQuery: (request) => ({
      ...answer(request, request.text === "" ? 48 : 0),
      counts: counts(48),
    }),
  });
  await type(/Search/, "zzz");
  expect(text()).toContain(m.empty.noMatch);
  expect(button(columnText.columns), "what is shown of a token stays to be chosen").toBeTruthy();
  expect(screen.queryAllByRole("separator"), "no edges without columns").toEqual([]);
  await click(m.empty.clear);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("the sandbox is labelled in the sidebar and in the status bar", async () => {
  const sandbox = { ...connection, sandbox: true, storage: "memory" as const };
  const shown = status({ connections: [sandbox] });
  await open(start({ status: shown }), { tokensSync: () => shown });
  const nav = screen.getByRole("navigation");
  expect(within(nav).getByText(m.sandbox)).toBeTruthy();
  const bar = document.querySelector<HTMLElement>(".status-bar");
  expect(bar?.textContent).toContain(m.sandbox);
  expect(bar?.textContent).toContain("this session only");
});

test("? shows the shortcuts, and the focus comes back to the list", async () => {
  await open();
  await press("?");
  expect(screen.getByRole("dialog", { name: shortcutText.title })).toBeTruthy();
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test("G and a letter go to a screen, with the keyboard, and not while somebody types", async () => {
  await open();
  const shown = () => screen.getAllByRole("heading", { level: 1 })[0]?.textContent;
  grid().focus();
  await press("g");
  await press("j");
  expect(shown()).toBe(m.activity);
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  await press("g");
  await press("t");
  expect(document.activeElement).toBe(grid());
  expect(grid().getAttribute("aria-activedescendant")).toBe("row-0");
  await press("/");
  await press("g");
  await press("a");
  expect(shown()).toBe(m.title);
});

test("G T to an empty list leaves the keyboard on what says so, and the keys go on", async () => {
  await empty({});
  for (const key of ["g", "j", "g", "t"]) await press(key);
  const says = screen.getByRole("heading", { level: 2, name: m.empty.none });
  expect(document.activeElement).toBe(says);
  await press("/");
  expect(document.activeElement).toBe(field(m.search));
});
