import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { revokeText } from "../src/revoke/messages";
import { unresolvedText } from "../src/unresolved/messages";
import type { UnresolvedView } from "../src/ipc";
import { fails } from "./fake";
import { button, click, open } from "./open";
import { key, start, status } from "./samples";

const end = (change: Partial<UnresolvedView> = {}): UnresolvedView => ({
  id: { connection: 1, attempt: 3 },
  name: "deploy-bot",
  at: "14:02",
  kind: "valueLost",
  tokens: [key(7)],
  ...change,
});

async function shown(ends: UnresolvedView[], given: Parameters<typeof open>[1] = {}) {
  const now = status({ unresolved: ends });
  const running = await open(start({ status: now }), { tokensSync: () => now, ...given });
  return {
    ...running,
    region: screen.getByRole("region", { name: unresolvedText.label }),
  };
}

test("what is known of it is said, with the id beside the name", async () => {
  const { region } = await shown([end()]);
  expect(region.textContent).toContain("deploy-bot");
  expect(region.textContent).toContain("t-7");
  expect(region.textContent).toContain("its value never arrived");
});

test("one that is not known to exist can be looked for, or dismissed", async () => {
  const { region, called } = await shown([end({ kind: "unclear", tokens: [] })]);
  expect(region.textContent).toContain("Each refresh checks for it");
  const before = called("tokensSync").length;
  await click(unresolvedText.check);
  expect(called("tokensSync")).toHaveLength(before + 1);
  await click(unresolvedText.dismiss);
  expect(called("journalKeepUnresolved")).toEqual([
    ["journalKeepUnresolved", { connection: 1, attempt: 3 }],
  ]);
  const list = document.querySelector(".table");
  expect(list?.compareDocumentPosition(region), "no row moves when it comes").toBe(
    Node.DOCUMENT_POSITION_FOLLOWING,
  );
});

test("of a lost answer every new token may be the one, and can be revoked or kept", async () => {
  const { region } = await shown([end({ kind: "unclear" })]);
  expect(region.textContent).toContain("any new token could be it");
  expect(
    within(region)
      .getAllByRole("button")
      .map((it) => it.textContent.trim()),
  ).toEqual(["Revoke…", "Keep token"]);
});

test("Keep is told to the journal, and a failure of it is said", async () => {
  const { called, fake } = await shown([end()], {
    journalKeepUnresolved: fails("internal", "The disk is full."),
  });
  button(unresolvedText.keep).focus();
  await click(unresolvedText.keep);
  expect(called("journalKeepUnresolved")).toEqual([
    ["journalKeepUnresolved", { connection: 1, attempt: 3 }],
  ]);
  expect(await screen.findByText("The disk is full.")).toBeTruthy();
  expect(document.activeElement).toBe(button(unresolvedText.keep));
  fake.journalKeepUnresolved = () => null;
  await click(unresolvedText.keep);
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});

test("it stands beside the details, which keep their height", async () => {
  const { region } = await shown([end()]);
  expect(region.closest(".list")).toBeTruthy();
});

test("Revoke asks as everywhere, and is sent at once", async () => {
  const { called, region } = await shown([end({ kind: "neverDelivered" })]);
  within(region).getByRole("button", { name: "Revoke…" }).click();
  expect(await screen.findByRole("dialog")).toBeTruthy();
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key(7)]]);
  await click(revokeText.submit);
  expect(called("tokensHoldRevoke")).toEqual([]);
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ held: false });
});

test("nothing is there where nothing is open", async () => {
  await open();
  expect(screen.queryByRole("region", { name: unresolvedText.label })).toBeNull();
});
