import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { button, grid, open, press, text } from "./open";
import { connection, start, status } from "./samples";

const WHY = "Only owners and admins can create or revoke tokens.";

const forbidden = () =>
  open(start({ status: status({ connections: [{ ...connection, forbidden: true }] }) }), {
    tokensSync: () => status({ connections: [{ ...connection, forbidden: true }] }),
  });

test("who may not manage tokens finds creating greyed, with the reason", async () => {
  await forbidden();
  expect(button(/Create token/).disabled).toBe(true);
  expect(button(/Create token/).title).toBe(WHY);
  await press("c", {}, grid());
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain(WHY);
});

test("who may not manage tokens finds revoking and making another greyed, with the reason beside it", async () => {
  await forbidden();
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  expect(button("Revoke…").disabled).toBe(true);
  expect(button("Duplicate…").disabled).toBe(true);
  expect(screen.getByRole("complementary").textContent).toContain(WHY);
});

test("who may manage them finds neither", async () => {
  await open();
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  expect(button(/Create token/).disabled).toBe(false);
  expect(button("Revoke…").disabled).toBe(false);
  expect(button("Duplicate…").disabled).toBe(false);
  expect(text()).not.toContain(WHY);
});
