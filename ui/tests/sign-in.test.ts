import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { ErrorCode, StepView, WayIn } from "../src/ipc";
import { signInText } from "../src/sign-in/messages";
import { SignIn } from "../src/sign-in/sign-in.svelte";
import type { Way } from "../src/sign-in/sign-in.svelte";
import { fails, later, settle, shell } from "./fake";
import { button, choose, click, field, radio, type, unconnected } from "./open";

const address = "https://entri.example";

/** Each way in whose secret is entered outside the page, and what is sent. */
const ways: [Way, WayIn][] = [
  ["apiToken", { kind: "apiToken" }],
  ["password", { kind: "password", email: "kari@nordlys.example" }],
  ["cookie", { kind: "cookie" }],
];

async function chosen(way: Way) {
  await choose(signInText.ways.password);
  await type("Email", "kari@nordlys.example");
  await choose(signInText.ways[way]);
}

test("the four ways in are one choice, and the one chosen has its own fields", async () => {
  await unconnected();
  const ways = within(screen.getByRole("radiogroup", { name: signInText.way }));
  expect(ways.getAllByRole<HTMLInputElement>("radio").map(({ value }) => value)).toEqual([
    "apiToken",
    "window",
    "password",
    "cookie",
  ]);
  expect(radio(signInText.ways.apiToken).checked).toBe(true);
  expect(document.activeElement).toBe(button(signInText.submit.apiToken));
  await choose(signInText.ways.password);
  expect(field(signInText.email).autocomplete).toBe("username");
  await choose(signInText.ways.cookie);
  expect(screen.queryByLabelText(signInText.email)).toBeNull();
  expect(document.querySelector("[type=password]"), "nothing secret is typed here").toBeNull();
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

test.each(ways)("by %s only what is not secret is sent", async (way, credential) => {
  const { called } = await unconnected();
  await chosen(way);
  await click(signInText.submit[way]);
  expect(called("connectionsConnect")).toEqual([
    ["connectionsConnect", { address, credential, organizationId: null }],
  ]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test.each(ways)("an error by %s loses nothing, and can be mended at once", async (way) => {
  await unconnected({ connectionsConnect: fails("credential", "Not accepted.") });
  await chosen(way);
  const submit = signInText.submit[way];
  await click(submit);
  expect(screen.getByRole("alert").textContent).toContain("Not accepted.");
  expect(field(signInText.address).value).toBe(address);
  if (way === "password") expect(field(signInText.email).value).toBe("kari@nordlys.example");
  else expect(document.activeElement).toBe(button(submit));
  expect(button(submit).disabled).toBe(false);
});

test("a code leaves the page before the list comes", async () => {
  shell({ connectionsSignInInWindow: () => ({ kind: "connected" }) });
  const left: string[] = [];
  const signIn = new SignIn(address, "window", async () => void left.push(signIn.code));
  signIn.code = "1";
  await signIn.submit();
  expect(left).toEqual([""]);
});

test("while the server is asked nothing is sent twice", async () => {
  const { called } = await unconnected({ connectionsConnect: () => later<StepView>().promise });
  await click(signInText.submit.apiToken);
  button(signInText.busy).form?.requestSubmit();
  await settle();
  expect(called("connectionsConnect")).toHaveLength(1);
  expect(button(signInText.busy).disabled).toBe(true);
});

test("a sign-in in a window gets the address, and leads to the list", async () => {
  const { called } = await unconnected({
    connectionsSignInInWindow: () => ({ kind: "connected" }),
  });
  await choose(signInText.ways.window);
  await click(signInText.submit.window);
  expect(called("connectionsSignInInWindow")).toEqual([
    ["connectionsSignInInWindow", address, null],
  ]);
  expect(called("connectionsConnect")).toEqual([]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a window that was closed before anybody signed in is no failure", async () => {
  await unconnected({ connectionsSignInInWindow: () => null });
  await choose(signInText.ways.window);
  await click(signInText.submit.window);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(button(signInText.submit.window).disabled).toBe(false);
  expect(document.activeElement).toBe(button(signInText.submit.window));
});

test.each<ErrorCode>(["internal", "credential", "unreachable"])(
  "what went wrong with the window is said aloud: %s",
  async (code) => {
    await unconnected({ connectionsSignInInWindow: fails(code, "The page could not be opened.") });
    await choose(signInText.ways.window);
    await click(signInText.submit.window);
    expect(screen.getByRole("alert").textContent).toContain("The page could not be opened.");
  },
);
