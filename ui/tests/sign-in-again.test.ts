import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { CreatedView, RevokedView } from "../src/ipc";
import { createText } from "../src/create/messages";
import { newTokenText } from "../src/deliver/messages";
import { revokeText } from "../src/revoke/messages";
import { m } from "../src/messages";
import { signInText } from "../src/sign-in/messages";
import { fails, settle, unstopped } from "./fake";
import { button, click, field, grid, open, press, radio, text, type } from "./open";
import { connection, key, plan, staging, start, status } from "./samples";

type Given = Parameters<typeof open>[1];
const refused = {
  code: "unauthorized" as const,
  message: "The sign-in has ended. Nothing was sent.",
};
const again = () => screen.getByRole("dialog", { name: "Sign in again to Nordlys Apps" });
const inIt = () => within(again());

/** Answers nothing but a refusal until somebody has signed in again. */
function refusing<T>(then: T) {
  let signedIn = false;
  const asked: Given = {
    connectionsConnect: () => {
      signedIn = true;
      return { kind: "connected" };
    },
  };
  return { asked, act: () => (signedIn ? then : Promise.reject<never>(refused)) };
}

const created: CreatedView = {
  handle: 7,
  mask: "entri_••••1Td6",
  key: key("new"),
  name: "github-actions",
  expiresText: "Never expires",
  scopesText: "translations:read",
  differs: null,
  rotation: null,
  copiedAt: null,
  delivered: null,
};

/** A create that was refused because nobody is signed in any more. */
async function refusedCreate(given: Given = {}) {
  const { asked, act } = refusing(created);
  const running = await open(start(), { tokensCreate: act, ...asked, ...given });
  await press("c");
  await type("Name", "github-actions");
  radio(createText.never).click();
  await click("Create token");
  return running;
}

/** Opens the dialog from a button that has the focus, as a click in a window gives it. */
async function openAgain() {
  button("Sign in again").focus();
  await click("Sign in again");
}

async function signInAgain() {
  await openAgain();
  inIt()
    .getByRole("button", { name: /^Enter the/ })
    .click();
  await settle();
}

test("a create that is refused keeps all that was typed, and offers to sign in over it", async () => {
  const { called } = await refusedCreate();
  expect(screen.getByRole("alert").textContent).toContain("The sign-in has ended.");
  await openAgain();
  expect(again().textContent).toContain("Your work here is kept.");
  expect(document.activeElement).toBe(button(signInText.submit.apiToken));
  expect(field("Name").value).toBe("github-actions");
  expect(radio(createText.never).checked).toBe(true);
  expect(called("tokensCreate")).toHaveLength(1);
});

test("after signing in again a create is not sent by itself, and once when it is asked for", async () => {
  const { called } = await refusedCreate();
  await signInAgain();
  expect(screen.queryByRole("dialog", { name: /Sign in again/ })).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("Nothing was sent yet");
  expect(called("tokensCreate"), "not by itself").toHaveLength(1);
  expect(called("connectionsStart"), "the form's page does not start anew").toEqual([]);
  expect(field("Name").value).toBe("github-actions");
  expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
  await click("Create token");
  expect(called("tokensCreate")).toHaveLength(2);
  const [[, first] = [], [, second] = []] = called("tokensCreate");
  expect(second).toEqual(first);
  expect(text()).toContain("Created “github-actions”.");
});

test("signing in again leads to the same server and organization, with what is typed alone", async () => {
  const { called } = await refusedCreate({
    connectionsCliTokens: () => [
      { place: "variable", name: "NT3_API_TOKEN", mask: "entri_••••", address: "x", used: true },
    ],
  });
  await openAgain();
  expect(inIt().queryByLabelText("Server")).toBeNull();
  expect(again().textContent, "another server's token is no way in").not.toContain("NT3_API_TOKEN");
  await press("Escape", {}, again());
  await signInAgain();
  expect(called("connectionsConnect")).toEqual([
    [
      "connectionsConnect",
      {
        address: connection.baseUrl,
        credential: { kind: "apiToken" },
        organizationId: "org-1",
      },
    ],
  ]);
});

test("thought better of, the form is as it was and still offers it", async () => {
  const { called } = await refusedCreate();
  await openAgain();
  inIt().getByRole("button", { name: m.cancel }).click();
  await settle();
  expect(field("Name").value).toBe("github-actions");
  expect(document.activeElement).toBe(button("Sign in again"));
  expect(called("connectionsConnect")).toEqual([]);
});

test("thought better of at its second step, its attempt is given up", async () => {
  const { called } = await refusedCreate({
    connectionsConnect: () => ({ kind: "secondFactor", attempt: 4, totp: true, sentCode: false }),
  });
  await openAgain();
  await click(signInText.submit.apiToken);
  expect(field(signInText.code)).toBeTruthy();
  await press("Escape");
  expect(field("Name").value).toBe("github-actions");
  expect(called("connectionsGiveUp")).toEqual([["connectionsGiveUp", 4]]);
});

test("a sign-in that is refused again stays, with the reason", async () => {
  await refusedCreate({ connectionsConnect: fails("credential", "Not accepted.") });
  await signInAgain();
  expect(inIt().getByRole("alert").textContent).toContain("Not accepted.");
  expect(document.activeElement).toBe(button(signInText.submit.apiToken));
});

test("an error of the server itself is said aloud, for there is no address to correct", async () => {
  await refusedCreate({ connectionsConnect: fails("unreachable", "Not reached.") });
  await signInAgain();
  expect(inIt().getByRole("alert").textContent).toContain("Not reached.");
});

test("a refused revoke asks as before once somebody has signed in, and is sent once", async () => {
  const outcome: RevokedView = { name: "token-0", outcome: "revoked", proof: null };
  const { asked, act } = refusing(outcome);
  const { called } = await open(start(), { tokensRevoke: act, ...asked });
  await press("ArrowDown");
  await press("Delete");
  await click(revokeText.submit);
  await unstopped();
  expect(screen.getByRole("alert").textContent).toContain("The sign-in has ended.");
  await signInAgain();
  expect(screen.getByRole("dialog", { name: "Revoke “token-0”?" })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(button(m.cancel));
  expect(called("tokensRevoke"), "not by itself").toHaveLength(1);
  await click(revokeText.submit);
  await unstopped();
  expect(called("tokensRevoke")).toHaveLength(2);
  expect(text()).toContain("Revoked “token-0”.");
});

test("an expired token whose revoke is refused is asked about once somebody has signed in", async () => {
  const { asked, act } = refusing<RevokedView>({
    name: "token-0",
    outcome: "revoked",
    proof: null,
  });
  const { called } = await open(start(), {
    tokensPreviewRevoke: (of) => plan(of, "oneClick"),
    tokensRevoke: act,
    ...asked,
  });
  await press("ArrowDown");
  await press("Delete");
  await unstopped();
  expect(screen.getByRole("dialog", { name: "Revoke “token-0”?" })).toBeTruthy();
  expect(document.activeElement).toBe(button(m.cancel));
  await signInAgain();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(called("tokensRevoke"), "not by itself").toHaveLength(1);
  await click(revokeText.submit);
  await unstopped();
  expect(called("tokensRevoke")).toHaveLength(2);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("Revoked “token-0”.");
});

test("a new value is still held while somebody signs in to revoke it", async () => {
  const { asked, act } = refusing<RevokedView>({
    name: "github-actions",
    outcome: "revoked",
    proof: null,
  });
  const { called } = await open(start(), { tokensRevoke: act, ...asked });
  await press("c");
  await type("Name", "github-actions");
  await click("Create token");
  await click(newTokenText.close);
  await click(newTokenText.revokeNow);
  expect(screen.getByRole("alert").textContent).toContain("The sign-in has ended.");
  await signInAgain();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(button(newTokenText.back));
  expect(called("tokensRevoke"), "not by itself").toHaveLength(1);
  expect(called("secretsClose")).toEqual([]);
  await click(newTokenText.revokeNow);
  expect(called("tokensCreate")).toHaveLength(1);
  expect(called("secretsClose")).toEqual([["secretsClose", 7, true]]);
  expect(text()).toContain("Revoked “github-actions”.");
});

test("what failed for another reason does not ask for a sign-in", async () => {
  await refusedCreate({ tokensCreate: fails("forbidden", "Only owners and admins.") });
  expect(screen.getByRole("alert").textContent).toContain("Only owners and admins.");
  expect(screen.queryByRole("button", { name: "Sign in again" })).toBeNull();
});

test("a connection nobody is signed in to says so above its list, and a refresh follows", async () => {
  const out = status({ signedOut: 1 });
  let now = out;
  const { called } = await open(start({ status: out }), {
    tokensSync: () => now,
    connectionsConnect: () => {
      now = status();
      return { kind: "connected" };
    },
  });
  expect(screen.getByRole("alert").textContent).toContain("You’re signed out");
  expect(screen.getByText("token-0"), "the list stays").toBeTruthy();
  expect(called("tokensSync")).toHaveLength(1);
  await signInAgain();
  expect(called("tokensSync")).toHaveLength(2);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test("of several, the one to sign in to is named, by the way it was signed in to before", async () => {
  const out = status({ shown: null, connections: [connection, staging], signedOut: 7 });
  await open(start({ status: out }), { tokensSync: () => out });
  await openAgain();
  const dialog = screen.getByRole("dialog", { name: "Sign in again to Staging server" });
  expect(dialog.textContent).toContain("entri.staging.example");
  expect(field(signInText.email).value).toBe("kari@nordlys.example");
  expect(document.activeElement, "the one thing that is missing").toBe(
    button(signInText.submit.password),
  );
});
