/** Ending a leak of the token that the app signs in with. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { KeyView } from "../src/ipc";
import { foundText } from "../src/found/messages";
import { fails, settle, tell } from "./fake";
import { found, incident } from "./incident-sample";
import { button, click, text } from "./open";
import { replacement } from "./rotation-sample";
import { key, plan, status } from "./samples";

test("the app moves to a new token first, and what is shown of its old one is new", async () => {
  let moved = false;
  const { called } = await found([incident()], {
    tokensPreviewRevoke: (of) => {
      const planned = plan(of, "typeName");
      const chip = moved ? planned.token.chip : "thisApp";
      return { ...planned, token: { ...planned.token, chip } };
    },
    rotationsReplaceOwn: () => {
      moved = true;
      return null;
    },
  });
  await click(foundText.revoke);
  expect(text()).toContain(foundText.own);
  await click(foundText.move);
  await settle();
  expect(called("rotationsReplaceOwn")).toEqual([["rotationsReplaceOwn", key(3)]]);
  expect(text()).not.toContain(foundText.own);
  expect(document.activeElement).toBe(button(foundText.submit));
});

test("a move that failed is tried again, away from the revoke", async () => {
  await found([incident()], {
    tokensPreviewRevoke: (of) => {
      const planned = plan(of, "typeName");
      return { ...planned, token: { ...planned.token, chip: "thisApp" } };
    },
    rotationsReplaceOwn: fails("invalid"),
  });
  await click(foundText.revoke);
  await click(foundText.move);
  await settle();
  expect(screen.getByRole("alert")).toBeTruthy();
  expect(document.activeElement).toBe(button(foundText.move));
});

test("while the app moves, its new token opens no dialog over the revoke", async () => {
  const waiting = replacement("token-3 (r2)");
  let fail: (why: unknown) => void = () => undefined;
  const planned = (of: KeyView) => {
    const usual = plan(of, "typeName");
    return { ...usual, token: { ...usual.token, chip: "thisApp" as const } };
  };
  await found([incident()], {
    tokensPreviewRevoke: planned,
    rotationsReplaceOwn: () => new Promise((_, reject) => (fail = reject)),
  });
  await click(foundText.revoke);
  await click(foundText.move);
  await tell.changed(status({ waiting }));
  await settle();
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  fail({ code: "invalid", message: "No." });
  await settle();
  expect(screen.getAllByRole("dialog")).toHaveLength(2);
});
