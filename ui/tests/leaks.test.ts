import { screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { FoundTokenView, LedgerView, ScanView } from "../src/ipc";
import { foundText } from "../src/found/messages";
import { leaksText as t } from "../src/leaks/messages";
import { m } from "../src/messages";
import { settle, tell } from "./fake";
import { incident } from "./incident-sample";
import { button, click, open, press, text, type } from "./open";
import { start, status } from "./samples";

const unread = (parts: Partial<LedgerView> = {}): LedgerView => ({
  title: "Could not be read",
  count: "0",
  about: "",
  show: "",
  lines: [],
  warn: false,
  ...parts,
});

const scan = (parts: Partial<ScanView> = {}): ScanView => ({
  title: "Nothing found",
  about: "~/src · 14:06",
  progress: "",
  percent: 100,
  ledger: [unread()],
  tokens: [],
  belonging: "",
  newSince: "",
  folder: "/home/mira/src",
  repeats: true,
  notes: [],
  ...parts,
});

const live = { says: "Live", tone: "bad" } as const;
const gone = { says: "Gone from the list", tone: "ok" } as const;

const token = (parts: Partial<FoundTokenView> = {}): FoundTokenView => ({
  fingerprint: "f1",
  mask: "entri_••••••••••••••••••••••Qm4e",
  owner: {
    key: { connection: 1, id: "t-22c7" },
    name: "Release pipeline",
    how: "matched by its fingerprint, nothing was sent",
  },
  life: live,
  incident: false,
  places: [
    {
      at: 0,
      kind: "history",
      isNew: false,
      path: "web/scripts/release.sh:12",
      about: "Commit c4e19d2 · 3 Jun 2025 · Ole Dahl",
      reach: "main",
      inNoBranch: false,
    },
  ],
  count: "1 place",
  fresh: 0,
  more: "",
  ...parts,
});

async function shown(scan: ScanView | null, given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), { scansShow: () => scan, ...given });
  await press("g");
  await press("l");
  await settle();
  return running;
}

const heading = () => screen.getByRole("heading", { level: 1 });

test("the first time, it asks what to search", async () => {
  const { called } = await shown(null);
  expect(heading()).toBe(document.activeElement);
  expect(heading().textContent.trim()).toBe(m.leaks);
  await click(t.usual);
  expect(called("scansUsualPlaces")).toHaveLength(1);
});

test("a folder is chosen or typed", async () => {
  const { called } = await shown(null);
  await click(t.folder);
  await click(t.scan);
  expect(called("scansFolder")).toEqual([["scansFolder", "~/"]]);
  expect(document.querySelector("dialog")).toBeNull();
});

test("a window that was closed without a text changes nothing", async () => {
  const { called } = await shown(null, { scansPasted: () => false });
  const before = called("scansShow").length;
  await click(t.pasted);
  expect(called("scansPasted")).toHaveLength(1);
  expect(called("scansShow")).toHaveLength(before);
});

test("what the shell says about a scan is its title, and what was not read stands out", async () => {
  const title = "Nothing found in what could be read; 3 files could not be";
  const about = "So this is not an all-clear.";
  const lines = ["Permission denied (3):", "~/src/a", "and 2 more"];
  const part = unread({ count: "3 files", about, show: "Show the 3 files", lines, warn: true });
  await shown(scan({ title, ledger: [part] }));
  expect(heading().textContent).toContain(title);
  for (const said of [about, "Show the 3 files", ...lines]) expect(text()).toContain(said);
  expect(screen.getByText(about).closest(".warn")).not.toBeNull();
});

test("only a live token has the primary button, and it opens its incident", async () => {
  const { called } = await shown(
    scan({ tokens: [token(), token({ fingerprint: "f2", life: gone })] }),
  );
  expect(screen.getAllByRole("button", { name: t.revoke })).toHaveLength(1);
  expect(document.querySelectorAll(".leaks .primary")).toHaveLength(1);
  await click(t.revoke);
  expect(called("scansIncident")).toEqual([["scansIncident", "f1"]]);
  expect(called("incidentsList").length).toBeGreaterThan(0);
});

test("a value that no list knows gets an incident, beside one that is open", async () => {
  const life = { says: "Not known", tone: "info" } as const;
  const unknown = incident({ id: { connection: 1, number: 9 }, named: null, mask: null });
  const { called } = await shown(scan({ tokens: [token({ owner: null, life })] }), {
    scansIncident: () => unknown.id,
    incidentsList: () => [incident(), unknown],
  });
  expect(screen.getByRole("heading", { level: 2, name: /Qm4e/ }).textContent).toContain(
    "Not known",
  );
  await click(t.whose);
  await settle();
  expect(called("scansIncident")).toEqual([["scansIncident", "f1"]]);
  expect(called("incidentsFound")).toHaveLength(0);
  expect(text()).toContain(foundText.titles.unknown);
  expect(screen.getByRole("toolbar", { name: foundText.values }).children).toHaveLength(2);
  expect(document.activeElement).toBe(button(foundText.paste));
});

test("a place is copied and its folder opened by its number", async () => {
  const { called } = await shown(scan({ tokens: [token()] }));
  await click(`${t.copy}: web/scripts/release.sh:12`);
  await click(`${t.open}: web/scripts/release.sh:12`);
  expect(called("scansCopyPath")).toEqual([["scansCopyPath", "f1", 0]]);
  expect(called("scansOpenFolder")).toEqual([["scansOpenFolder", "f1", 0]]);
});

test("what belongs where it is isn’t listed, until it is asked for again", async () => {
  const belonging = "Not listed: 1 place where a value belongs.";
  const { called } = await shown(scan({ tokens: [token()], belonging }));
  await click(`${t.belongs}: web/scripts/release.sh:12`);
  expect(called("scansBelongs")).toEqual([["scansBelongs", "f1", 0]]);
  expect(text()).toContain(belonging);
  await click(t.listAgain);
  expect(called("scansListAgain")).toHaveLength(1);
});

test("a scan that runs is followed until its end, and no longer", async () => {
  let now = scan({ title: "Scanning…", progress: "1 of 4 GB", ledger: [], percent: 25 });
  const { called } = await shown(null, { scansShow: () => now });
  expect(within(document.body).getByRole("progressbar")).toHaveProperty("value", 25);
  await click(t.cancel);
  expect(called("scansCancel")).toHaveLength(1);
  now = scan({ title: "Canceled. Nothing found in what was read until then" });
  await vi.advanceTimersByTimeAsync(300);
  await settle();
  expect(heading().textContent).toContain("Canceled");
  const asked = called("scansShow").length;
  await vi.advanceTimersByTimeAsync(3000);
  expect(called("scansShow")).toHaveLength(asked);
});

const place = (path: string, at = 0, isNew = false) => ({
  at,
  path,
  about: "File",
  reach: "",
  inNoBranch: false,
  kind: "file" as const,
  isNew,
});

const places = () =>
  [...document.querySelectorAll(".place bdi")].map((it) => it.textContent.trim());

test("chips narrow what is shown, and each place keeps its number", async () => {
  const tokens = [
    token({ places: [place("a/.env"), place("b/.env", 61, true)], count: "62 places", fresh: 1 }),
    token({ fingerprint: "f2", life: gone, places: [place("c/.env")] }),
  ];
  const fresh = [token({ places: [place("b/.env", 61, true)], count: "62 places", fresh: 1 })];
  const { called } = await shown(null, {
    scansShow: (_, onlyNew) =>
      scan({ tokens: onlyNew ? fresh : tokens, newSince: "New since 17 Nov" }),
  });
  expect(places()).toEqual(["a/.env", "b/.env", "c/.env"]);
  await click(`${t.dead} 1`);
  expect(places()).toEqual(["c/.env"]);
  await click("New since 17 Nov 1");
  await settle();
  expect(places()).toEqual(["b/.env"]);
  await click(`${t.copy}: b/.env`);
  expect(called("scansCopyPath")).toEqual([["scansCopyPath", "f1", 61]]);
  await click("New since 17 Nov 1");
  await settle();
  expect(places()).toEqual(["a/.env", "b/.env", "c/.env"]);
});

test("the shell looks for words in everything that was found, not only in what is listed", async () => {
  const all = [token({ more: "and 69 more" })];
  const { called } = await shown(null, {
    scansShow: (words) =>
      scan({
        tokens:
          words === "" ? all : words === "z/" ? [token({ places: [place("z/.env", 70)] })] : [],
      }),
  });
  await type(t.filter, "z/");
  await vi.advanceTimersByTimeAsync(200);
  await settle();
  expect(called("scansShow").at(-1)).toEqual(["scansShow", "z/", false]);
  expect(places()).toEqual(["z/.env"]);
  await type(t.filter, "nowhere");
  await vi.advanceTimersByTimeAsync(200);
  await settle();
  expect(text()).toContain(t.nothing);
  expect(screen.getByRole("searchbox", { name: t.filter })).toBe(document.activeElement);
  await type(t.filter, "");
  expect(places().length).toBeGreaterThan(0);
  expect(screen.getByRole("searchbox", { name: t.filter })).toBe(document.activeElement);
});

test("the places of a token are hidden and shown again", async () => {
  await shown(scan({ tokens: [token()] }));
  await click("Release pipeline");
  expect(places()).toEqual([]);
  await click("Release pipeline");
  expect(places()).toHaveLength(1);
});

test("a folder is scanned again, and a scan exported", async () => {
  const { called } = await shown(scan());
  await click(t.repeat);
  expect(called("scansFolder")).toEqual([["scansFolder", "/home/mira/src"]]);
  await click(t.export);
  await click(t.exportSubmit);
  expect(called("scansSaveReport")).toEqual([["scansSaveReport", "/home/mira/scan.md"]]);
});

test("what is too much to be listed is said", async () => {
  const notes = ["12 more tokens found. Deal with these first, then scan again."];
  await shown(scan({ tokens: [token({ more: "and 69 more" })], notes }));
  for (const said of ["and 69 more", ...notes]) expect(text()).toContain(said);
});

test("it is shown again when a scan has ended elsewhere", async () => {
  let title = "Nothing found";
  await shown(null, { scansShow: () => scan({ title }) });
  title = "1 token in 1 place: 1 live";
  await tell.changed(status());
  await settle();
  expect(heading().textContent).toContain("1 live");
});
