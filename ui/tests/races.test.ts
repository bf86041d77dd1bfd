/** Answers that come late, and acts that concern another token than the one that is shown. */
import { screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { CompletionView, DetailsView } from "../src/ipc";
import { notices } from "../src/notices.svelte";
import { later, settle } from "./fake";
import { field, grid, open, press, type } from "./open";
import { answer, details, key, plan, start } from "./samples";
import { Workspace } from "../src/screens/workspace.svelte";

test("what was offered for another word is not put in", async () => {
  let answer = later<CompletionView>();
  await open(start(), { searchComplete: () => answer.promise });
  await type(/Search/, "is:st");
  const stale = { text: "is:stale", label: "stale", about: "", count: 6 };
  answer.resolve({ start: 0, end: 5, suggestions: [stale] });
  await settle();
  answer = later();
  await type(/Search/, "is:sta");
  await press("Tab");
  expect(field(/Search/).value).toBe("is:sta");
  answer.resolve({ start: 0, end: 6, suggestions: [stale] });
  await settle();
  await press("Tab");
  expect(field(/Search/).value).toBe("is:stale ");
});

test("details that fail late leave those of another token", async () => {
  const first = later<DetailsView>();
  await open(start(), {
    tokensDetails: (of) => (of.id === "t-0" ? first.promise : details(of)),
  });
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  first.reject({ code: "internal", message: "It failed late." });
  await settle();
  expect(within(screen.getByRole("complementary")).getByText("t-1")).toBeTruthy();
  expect(notices.items).toEqual([]);
});

test("a token clicked while a search runs stays open once the search has found it, too", async () => {
  const searched = later<undefined>();
  const read = later<DetailsView>();
  await open(start(), {
    tokensDetails: (of) => (of.id === "t-2" ? read.promise : details(of)),
    tokensQuery: async (request) => {
      if (request.text === "") return answer(request);
      if (request.anchor?.id !== "t-0") return answer(request, 3);
      await searched.promise;
      return answer({ ...request, anchor: null }, 3);
    },
  });
  await press("ArrowDown");
  await press("Enter");
  const typed = type(/Search/, "token-2");
  screen.getByText("token-2").click();
  await typed;
  searched.resolve(undefined);
  await settle();
  read.resolve(details(key(2)));
  await settle();
  expect(screen.getByRole("heading", { name: "token-2" })).toBeTruthy();
  expect(document.querySelector(".row.active")?.textContent).toContain("token-2");
});

test("revoking one token leaves the details of another one open", async () => {
  await open(start(), {
    tokensPreviewRevoke: (of) => plan(of, "oneClick"),
  });
  const workspace = new Workspace(
    null,
    null,
    { columns: [], panel: null },
    () => true,
    () => Promise.resolve(),
  );
  workspace.details.show(key(1));
  await settle();
  await workspace.dialogs.revoke(key(5), true);
  expect(workspace.details.token?.key).toEqual(key(1));
  await workspace.dialogs.revoke(key(1), true);
  expect(workspace.details.token).toBeNull();
});

test("a warning stays until it is closed, however much is said meanwhile", async () => {
  vi.useFakeTimers();
  notices.warn("The value is still on the clipboard.");
  for (const said of ["one", "two", "three", "four"]) notices.say(said);
  const said = () => notices.items.map(({ text }) => text);
  expect(said()).toEqual(["The value is still on the clipboard.", "two", "three", "four"]);
  notices.warn("The value is still on the clipboard.");
  expect(said()).toEqual(["two", "three", "four", "The value is still on the clipboard."]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said()).toEqual(["The value is still on the clipboard."]);
});
