/** Whose token it is, wherever one is shown or about to be changed. */
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { lineOf, nameOf } from "../src/connection/connections";
import type { KeyView } from "../src/ipc";
import { m } from "../src/messages";
import { settle } from "./fake";
import { button, open, press } from "./open";
import { answer, bulkRevokePlan, connection, key, row, staging, start, status } from "./samples";

const OWN = "Nordlys Apps · Production · app.nt3.io";
const OTHER = "Staging server · Staging · entri.staging.example";

/** All connections are shown: every other row belongs to the second one. */
async function both() {
  const of = (position: number): KeyView => key(position, position % 2 === 0 ? 1 : staging.id);
  const mixed: typeof answer = (request) => {
    const given = answer(request);
    return { ...given, rows: given.rows.map((it, at) => ({ ...it, key: of(given.top + at) })) };
  };
  const several = () => status({ shown: null, connections: [connection, staging] });
  const list = mixed({ top: 0, len: 30, seq: 0, anchor: null });
  return open(start({ status: several(), list }), { tokensSync: several, tokensQuery: mixed });
}

/** The text of a line; the letter on its tile is drawn by the style. */
const line = (element: Element | null) => element?.textContent.trim();

/** The lines a dialog, or the panel, begins with. */
const said = (role: "dialog" | "complementary") =>
  [...(screen.getByRole(role).querySelector(".whose")?.children ?? [])].map(line);

test("names that two connections share are told apart by their hosts, then by their numbers", () => {
  const twin = { ...connection, id: 2 };
  const elsewhere = { ...connection, id: 3, host: "entri.example" };
  const all = [connection, staging, elsewhere];
  expect(all.map((it) => nameOf(it, all))).toEqual([
    "Nordlys Apps · app.nt3.io",
    "Staging server",
    "Nordlys Apps · entri.example",
  ]);
  expect(nameOf(twin, [connection, twin])).toBe("Nordlys Apps · app.nt3.io (2)");
  expect(lineOf(connection, all)).toBe(OWN);
  expect(lineOf(connection, [connection, twin])).toBe(`${OWN} (1)`);
  expect(lineOf({ ...connection, sandbox: true }, all)).toBe("Nordlys Apps · Sandbox");
});

test("each row has the tile of its connection, and its name", async () => {
  await both();
  const second = document.querySelector('.row[data-position="1"]') as HTMLElement;
  expect(second.querySelector(".tile")?.className).toContain("color-2");
  expect(within(second).getByText(/Staging server/)).toBeTruthy();
});

test("of one connection no row needs a tile", async () => {
  await open();
  expect(document.querySelector(".row .tile")).toBeNull();
});

test("details, revoke and keep begin with it", async () => {
  await both();
  await press("ArrowDown");
  await press("Enter");
  expect(said("complementary")).toEqual([OWN]);
  await press("ArrowDown");
  expect(said("complementary")).toEqual([OTHER]);
  await press("Delete");
  expect(said("dialog")).toEqual([OTHER]);
  expect(screen.getByRole("dialog").getAttribute("aria-describedby")).toBe("revoke-whose");
  button(m.cancel).click();
  await settle();
  await press("d");
  expect(said("dialog")).toEqual([OTHER]);
  button(m.cancel).click();
  await settle();
  await press("n");
  expect(said("dialog")).toEqual([OTHER]);
});

test("a plan for several says each of them, and whose every token is", async () => {
  const plan = bulkRevokePlan();
  const tokens = plan.tokens.map((it, at) => ({ ...it, key: key(at, at === 0 ? 1 : staging.id) }));
  const several = () => status({ shown: null, connections: [connection, staging] });
  const selected = (request: Parameters<typeof answer>[0]) => ({
    ...answer(request),
    rows: [{ ...row(0), selected: true }],
    selected: 2,
    selectedHere: 2,
    selectedOf: [1, staging.id],
  });
  await open(
    start({ status: several(), list: selected({ top: 0, len: 30, seq: 0, anchor: null }) }),
    { tokensSync: several, tokensQuery: selected, bulkRevokesPlan: () => ({ ...plan, tokens }) },
  );
  await press("Delete");
  expect(said("dialog")).toEqual([OWN, OTHER]);
  const rows = [...screen.getByRole("dialog").querySelectorAll("tbody tr")];
  expect(rows.map((it) => it.querySelector(".of")?.textContent)).toEqual([
    "Nordlys Apps",
    "Staging server",
  ]);
  button(m.cancel).click();
  await settle();
  await press("d");
  expect(said("dialog")).toEqual([OWN, OTHER]);
});

test.each([
  ["all", null, true],
  ["one", staging.id, false],
] as const)("what waits says whose it is: %s shown", async (_, id, told) => {
  const loose = { id: { connection: staging.id, attempt: 3 }, tokens: [key(7, staging.id)] };
  const unresolved = [{ ...loose, name: "deploy-bot", at: "14:02", kind: "valueLost" as const }];
  const bulkRevokes = [
    { connection: staging.id, number: 2, at: "13:00", due: null, total: 5, left: 2 },
  ];
  const now = () =>
    status({ shown: id, connections: [connection, staging], unresolved, bulkRevokes });
  await open(start({ status: now() }), { tokensSync: now });
  for (const name of ["Tokens that need a decision", "Pending revocations"])
    expect(screen.getByRole("region", { name }).textContent.includes(OTHER)).toBe(told);
});
