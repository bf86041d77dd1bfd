import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { ErrorCode, StepView, WayIn } from "../src/ipc";
import { s } from "../src/sign-in/messages";
import { SignIn } from "../src/sign-in/sign-in.svelte";
import { fails, later, settle, shell } from "./fake";
import { button, choose, click, field, radio, type, unconnected } from "./open";

const address = "https://entri.example";

/** Each way in whose secret is entered outside the page: the button, and what is sent. */
const ways: [string, string, WayIn][] = [
  ["API token", "Enter the API token…", { kind: "apiToken" }],
  ["Password", "Enter the password…", { kind: "password", email: "kari@nordlys.example" }],
  ["Cookie", "Enter the cookie…", { kind: "cookie" }],
];

async function chosen(way: string) {
  await choose(s.ways.password);
  await type("Email", "kari@nordlys.example");
  await choose(way);
}

test("the four ways in are one choice, and the one chosen has its own fields", async () => {
  await unconnected();
  const ways = within(screen.getByRole("radiogroup", { name: s.way }));
  expect(ways.getAllByRole<HTMLInputElement>("radio").map(({ value }) => value)).toEqual([
    "apiToken",
    "password",
    "window",
    "cookie",
  ]);
  expect(radio(s.ways.apiToken).checked).toBe(true);
  expect(document.activeElement).toBe(button(s.submit.apiToken));
  await choose(s.ways.password);
  expect(field(s.email).autocomplete).toBe("username");
  await choose(s.ways.cookie);
  expect(screen.queryByLabelText(s.email)).toBeNull();
  expect(document.querySelector("[type=password]"), "nothing secret is typed here").toBeNull();
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

test.each(ways)("by %s only what is not secret is sent", async (way, submit, credential) => {
  const { called } = await unconnected();
  await chosen(way);
  await click(submit);
  expect(called("connectionsConnect")).toEqual([
    ["connectionsConnect", { address, credential, organizationId: null }],
  ]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test.each(ways)("an error by %s loses nothing, and can be mended at once", async (way, submit) => {
  await unconnected({ connectionsConnect: fails("credential", "Not accepted.") });
  await chosen(way);
  await click(submit);
  expect(screen.getByRole("alert").textContent).toContain("Not accepted.");
  expect(field(s.address).value).toBe(address);
  if (way === "Password") expect(field(s.email).value).toBe("kari@nordlys.example");
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
  await click(s.submit.apiToken);
  button(s.busy).form?.requestSubmit();
  await settle();
  expect(called("connectionsConnect")).toHaveLength(1);
  expect(button(s.busy).disabled).toBe(true);
});

test("a sign-in in a window gets the address, and leads to the list", async () => {
  const { called } = await unconnected({
    connectionsSignInInWindow: () => ({ kind: "connected" }),
  });
  await choose(s.ways.window);
  await click(s.submit.window);
  expect(called("connectionsSignInInWindow")).toEqual([
    ["connectionsSignInInWindow", address, null],
  ]);
  expect(called("connectionsConnect")).toEqual([]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a window that was closed before anybody signed in is no failure", async () => {
  await unconnected({ connectionsSignInInWindow: () => null });
  await choose(s.ways.window);
  await click(s.submit.window);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(button(s.submit.window).disabled).toBe(false);
  expect(document.activeElement).toBe(button(s.submit.window));
});

test.each<ErrorCode>(["internal", "credential", "unreachable"])(
  "what went wrong with the window is said aloud: %s",
  async (code) => {
    await unconnected({ connectionsSignInInWindow: fails(code, "The page could not be opened.") });
    await choose(s.ways.window);
    await click(s.submit.window);
    expect(screen.getByRole("alert").textContent).toContain("The page could not be opened.");
  },
);
