/** The guide, from the list of shortcuts. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { actText } from "../src/commands/messages";
import { settle } from "./fake";
import { click, open, press } from "./open";
import { start } from "./samples";
import { fails } from "./fake";

test("the guide is opened by the shell, and the reason is told if it isn’t", async () => {
  const { fake, called } = await open(start());
  await press("?");
  await click(actText.guide);
  expect(called("windowOpenGuide")).toEqual([["windowOpenGuide"]]);
  expect(screen.queryByRole("dialog")).toBeNull();
  fake.windowOpenGuide = fails("notFound");
  await press("?");
  await click(actText.guide);
  await settle();
  expect(screen.getByText("It failed: notFound.")).toBeTruthy();
});
