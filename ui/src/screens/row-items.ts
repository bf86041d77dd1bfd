import * as ipc from "../ipc";
import type { RowView } from "../ipc";
import { m } from "../messages";
import type { Workspace } from "./workspace.svelte";
import { sayCopied } from "../widgets/copied";
import type { MenuItem } from "../menu/menu";
import { rowMenu } from "../menu/messages";

/** What can be done with one row, whatever is selected. */
export function rowItems(workspace: Workspace, row: RowView, forbidden: boolean): MenuItem[] {
  const { key } = row;
  const impossible = forbidden ? m.onlyManagers : null;
  const { details, select, unselect, decide, note, like, revoke } = rowMenu;
  const { copyName, copyId, activity, rotate } = rowMenu;
  return [
    { icon: "info", label: details, shortcut: "Enter", act: () => workspace.details.show(key) },
    {
      icon: "check",
      label: row.selected ? unselect : select,
      shortcut: "X",
      act: () => void workspace.list.toggle(row),
    },
    { icon: "clock", label: decide, shortcut: "D", act: () => workspace.decide(row) },
    { icon: "edit", label: note, shortcut: "N", act: () => void workspace.note(key) },
    {
      icon: "refresh",
      label: rotate,
      shortcut: "R",
      impossible,
      act: () => void workspace.rotate(key),
    },
    { icon: "plus", label: like, impossible, act: () => void workspace.createLike(key) },
    { icon: "copy", label: copyName, act: () => void sayCopied(ipc.call.tokensCopyName(key)) },
    { icon: "copy", label: copyId, act: () => void sayCopied(ipc.call.tokensCopyId(key)) },
    { icon: "activity", label: activity, act: () => workspace.open("activity", key.id) },
    {
      icon: "close",
      label: revoke,
      shortcut: "Del",
      danger: true,
      impossible,
      act: () => void workspace.dialogs.revoke(key),
    },
  ];
}
