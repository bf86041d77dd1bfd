/** The columns that a wide list has room for. */
import { render } from "@testing-library/svelte";
import { expect, test } from "vitest";

import Row from "../src/parts/Row.svelte";
import { extraColumns } from "../src/parts/columns";
import { Sparks } from "../src/list/sparks.svelte";
import { TokenList } from "../src/list/list.svelte";
import * as samples from "./samples";

test.each([
  [999, []],
  [1000, ["place"]],
  [1130, ["place", "createdBy"]],
  [1250, ["place", "createdBy", "scopes"]],
] as const)("a list of %i pixels has these columns", (width, columns) => {
  expect(extraColumns(width).columns).toEqual(columns);
  expect(extraColumns(width).tracks.match(/minmax/g) ?? []).toHaveLength(columns.length);
});

test("a project with a column of its own is not named below the token too", () => {
  const list = new TokenList(samples.answer({ top: 0, len: 5, seq: 1, anchor: null }));
  const props = { list, slot: 0, sparks: new Sparks(), connections: [] };
  const shown = (extra: readonly ("place" | "createdBy")[]) => {
    const { container, unmount } = render(Row, { ...props, extra });
    const cells = [...container.querySelectorAll("[role=gridcell]")].map((it) => it.textContent);
    unmount();
    return cells;
  };
  const { key, place, createdBy } = samples.row(0);
  expect(shown([])[0]).toContain(`${key.id} · ${place}`);
  const [name, ...others] = shown(["place", "createdBy"]);
  expect(name).not.toContain(place);
  expect(others.slice(0, 2)).toEqual([place, createdBy]);
});
