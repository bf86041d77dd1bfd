import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { Method, CredentialStorage } from "../src/ipc";
import { m } from "../src/messages";
import { fails } from "./fake";
import { button, chooseItem, click, open } from "./open";
import { connection, nowhere, staging, start, status } from "./samples";
import { disconnectText } from "../src/connection/messages";

type Given = Parameters<typeof open>[1];

/** Asks whether to leave a connection that is like the sample but for what is given. */
async function asked(change: Partial<typeof connection> = {}, given: Given = {}) {
  const now = status({ connections: [{ ...connection, ...change }] });
  const running = await open(start({ status: now }), { tokensSync: () => now, ...given });
  await chooseItem(m.menu.disconnect);
  return { ...running, dialog: screen.getByRole("dialog", { name: /^Disconnect / }) };
}

test.each<[Method, CredentialStorage, string]>([
  ["apiToken", "keychain", "This removes the API token from the keychain"],
  ["apiToken", "memory", "This removes the API token from memory"],
  [
    "session",
    "keychain",
    "You’ll be signed out. This removes the session cookie from the keychain",
  ],
  ["session", "memory", "You’ll be signed out. This removes the session cookie from memory"],
])("what goes is said, and what stays: %s kept in the %s", async (method, storage, removed) => {
  const { dialog } = await asked({ method, storage });
  expect(dialog.textContent).toContain(
    `${removed}, and the cached tokens, usage history and notes from this computer.`,
  );
  expect(dialog.textContent).toContain("Your tokens on the server and this app’s journal");
});

test("the sandbox is another matter", async () => {
  const { dialog } = await asked({ sandbox: true });
  expect(dialog.textContent).toContain(disconnectText.removedSandbox);
});

test("the connection that is shown is the one that is left", async () => {
  const now = status({ shown: 7, connections: [connection, staging] });
  const { called } = await open(start({ status: now }), { tokensSync: () => now });
  await chooseItem(m.menu.disconnect);
  expect(screen.getByRole("dialog", { name: "Disconnect Staging server?" })).toBeTruthy();
  await click(disconnectText.submit);
  expect(called("connectionsDisconnect")).toEqual([["connectionsDisconnect", 7, false]]);
});

test("after the last one is left the way in is shown", async () => {
  let left = false;
  const { called } = await asked(
    {},
    {
      connectionsDisconnect: () => {
        left = true;
        return null;
      },
      connectionsStart: () =>
        left ? { ...nowhere, status: status({ shown: null, connections: [] }) } : start(),
    },
  );
  await click(disconnectText.submit);
  expect(screen.getByRole("heading", { level: 1, name: "Connect to Entri" })).toBeTruthy();
  expect(called("tokensSync"), "there is nothing to load").toHaveLength(1);
});

test("Cancel has the focus and leaves nothing", async () => {
  const { called } = await asked();
  expect(document.activeElement).toBe(button(m.cancel));
  await click(m.cancel);
  expect(called("connectionsDisconnect")).toEqual([]);
});

test("a failure of it stays on screen, and can be tried again", async () => {
  const { called, dialog } = await asked(
    {},
    { connectionsDisconnect: fails("internal", "The keychain is locked.") },
  );
  await click(disconnectText.submit);
  expect(called("connectionsDisconnect")).toHaveLength(1);
  expect(dialog.textContent).toContain("The keychain is locked.");
  expect(button(disconnectText.submit).disabled).toBe(false);
});

test("a keychain that keeps the credential is said, and can be left all the same", async () => {
  const { called, dialog } = await asked(
    {},
    {
      connectionsDisconnect: fails("credentialStays", "The keychain is locked, so it stays there."),
    },
  );
  await click(disconnectText.submit);
  expect(dialog.textContent).toContain("The keychain is locked, so it stays there.");
  await click(disconnectText.anyway);
  expect(called("connectionsDisconnect")).toEqual([
    ["connectionsDisconnect", connection.id, false],
    ["connectionsDisconnect", connection.id, true],
  ]);
});
