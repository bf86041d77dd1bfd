import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { CliTokenView, ConnectRequest } from "../src/ipc";
import { signInText } from "../src/sign-in/messages";
import { fails } from "./fake";
import { button, click, field, text, type, unconnected } from "./open";

const cli: CliTokenView[] = [
  {
    place: "variable",
    name: "NT3_API_TOKEN",
    mask: "entri_••••1Td6",
    address: "https://a.example",
    used: true,
  },
  {
    place: "globalFile",
    name: "~/.nt3/config.json",
    mask: "entri_••••9XyZ",
    address: "https://b.example",
    used: false,
  },
];

test("tokens of the nt3 tool are offered by their source, and the one it uses is marked", async () => {
  const asked: ConnectRequest[] = [];
  await unconnected({
    connectionsCliTokens: () => cli,
    connectionsConnect: (request) => {
      asked.push(request);
      return { kind: "connected" };
    },
  });
  const [first, second] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("NT3_API_TOKEN");
  expect(first?.textContent).toContain("entri_••••1Td6 https://a.example");
  expect(first?.textContent).toContain(signInText.cliUsed);
  expect(second?.textContent).not.toContain(signInText.cliUsed);
  await click("Use this token: ~/.nt3/config.json");
  const credential = { kind: "cli", place: "globalFile" };
  expect(asked).toEqual([{ address: "", credential, organizationId: null }]);
});

test("a token of the tool that is refused is said beside it, not at a field it is not in", async () => {
  await unconnected({
    connectionsCliTokens: () => cli,
    connectionsConnect: fails("unreachable", "Not reached."),
  });
  await click("Use this token: NT3_API_TOKEN");
  expect(screen.getByRole("alert").textContent).toContain("Not reached.");
  expect(document.querySelector("[aria-invalid=true]")).toBeNull();
});

test("a token of the tool can say its organization too, where the server does not", async () => {
  const { called } = await unconnected({
    connectionsCliTokens: () => cli,
    connectionsConnect: fails("organizationNeeded"),
  });
  await click("Use this token: NT3_API_TOKEN");
  expect(document.activeElement).toBe(field(signInText.organization));
  await type("Organization ID", "org-7");
  await click("Use this token: NT3_API_TOKEN");
  expect(called("connectionsConnect").at(-1)?.[1]).toMatchObject({ organizationId: "org-7" });
});

test("where the tool's tokens cannot be looked for, the others are there all the same", async () => {
  await unconnected({ connectionsCliTokens: fails("internal", "No home folder.") });
  expect(button(signInText.submit.apiToken)).toBeTruthy();
  expect(text()).not.toContain("No home folder.");
  expect(text()).not.toContain("nt3 command-line tool");
});
