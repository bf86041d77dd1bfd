import type { ColumnName } from "../ipc";
import { m } from "../messages";
import { columnText } from "./messages";
import { change, move, neighbor, show, size } from "./arranging";
import { usual } from "./columns";
import type { Layout } from "./layout.svelte";
import type { MenuItem } from "../menu/menu";

/** How far a key makes a column wider or narrower, in pixels. */
const STEP = 8;
const [LEAST, MOST] = [56, 600];

/** What can be done with the columns, and with the one whose head was clicked. */
export function columnItems(layout: Layout, of: ColumnName | null): MenuItem[] {
  return [
    ...usual.map(({ name, from }) => checkOf(layout, name, from)),
    ...(of === null ? [] : [moveOf(layout, of, -1), moveOf(layout, of, 1)]),
    { icon: "refresh", label: columnText.reset, act: () => change(layout, { columns: [] }) },
  ];
}

/** One that another takes the room of stays checked: it is back as soon as there is room. */
function checkOf(layout: Layout, name: ColumnName, from: number): MenuItem {
  const chosen = layout.kept.columns.find((it) => it.name === name)?.shown;
  const shown = layout.names.includes(name);
  const checked = chosen ?? layout.width >= from;
  return {
    icon: "check",
    label: m.columns[name],
    checked,
    note: checked && !shown ? columnText.noRoom : "",
    act: () => show(layout, name, !checked),
    arrow: (step, wider) => (wider ? widen(layout, name, step * STEP) : move(layout, name, step)),
  };
}

const moveOf = (layout: Layout, name: ColumnName, step: 1 | -1): MenuItem => ({
  icon: step < 0 ? "left" : "right",
  label: step < 0 ? columnText.left : columnText.right,
  note: m.columns[name],
  impossible: neighbor(layout, name, step) === undefined ? columnText.atTheEnd : null,
  stays: true,
  act: () => move(layout, name, step),
});

function widen(layout: Layout, name: ColumnName, by: number): void {
  const column = layout.shown.find((it) => it.name === name);
  if (column === undefined) return;
  size(layout, name, Math.min(Math.max(column.width + by, LEAST), MOST));
  change(layout);
}
