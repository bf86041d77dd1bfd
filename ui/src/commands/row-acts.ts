/** The acts about one token. */
import * as ipc from "../ipc";
import { selectionText } from "../list/messages";
import { rowMenu } from "../menu/messages";
import { m } from "../messages";
import { sayCopied } from "../widgets/copied";
import { whyNot } from "./messages";
import type { App, TokenAct, TokenActId } from "./table";
import type { RowView } from "../ipc";

const onlyManagers = (app: App, { key }: RowView) => (app.forbidden(key) ? m.onlyManagers : null);
/** Those of a mixed selection that may be managed still can be. */
const onlyManagersOfAll = ({ workspace, forbidden }: App) =>
  workspace.list.selection.connections.every((connection) => forbidden({ connection }))
    ? m.onlyManagers
    : null;
const { details, select, unselect, decide, note, like, revoke } = rowMenu;

export const rowActs: Readonly<Record<TokenActId, TokenAct>> = {
  open: {
    icon: "info",
    words: details,
    menu: true,
    run: ({ workspace }, { key }) => workspace.details.show(key),
  },
  select: {
    icon: "check",
    words: select,
    menu: true,
    wordsFor: ({ selected }) => (selected ? unselect : select),
    run: ({ workspace }, row) => workspace.list.toggle(row),
  },
  decide: {
    icon: "clock",
    words: decide,
    also: "ask owner schedule revoke later",
    menu: true,
    run: ({ workspace }, row) => workspace.dialogs.decide(row),
    several: { words: selectionText.decide, run: ({ workspace }) => workspace.decideSelected() },
  },
  note: {
    icon: "edit",
    words: note,
    menu: true,
    run: ({ workspace }, { key }) => workspace.dialogs.note(key),
  },
  rotate: {
    icon: "refresh",
    words: rowMenu.rotate,
    also: "replace renew",
    menu: true,
    impossible: onlyManagers,
    run: ({ workspace }, { key }) => workspace.dialogs.rotate(key),
    several: {
      words: selectionText.rotate,
      impossible: onlyManagersOfAll,
      run: ({ workspace }) => workspace.dialogs.rotateSelected(),
    },
  },
  like: {
    icon: "plus",
    words: like,
    also: "copy clone create like",
    menu: true,
    impossible: onlyManagers,
    run: ({ workspace }, { key }) => workspace.dialogs.createLike(key),
  },
  copyName: {
    icon: "copy",
    words: rowMenu.copyName,
    menu: true,
    run: (_, { key }) => sayCopied(ipc.call.tokensCopyName(key)),
  },
  copyId: {
    icon: "copy",
    words: rowMenu.copyId,
    menu: true,
    run: (_, { key }) => sayCopied(ipc.call.tokensCopyId(key)),
  },
  activityOf: {
    icon: "activity",
    words: rowMenu.activity,
    also: "history journal log",
    menu: true,
    run: ({ workspace }, { key }) => workspace.open("activity", key.id),
  },
  withdraw: {
    icon: "clock",
    words: m.details.withdraw,
    menu: false,
    danger: true,
    impossible: (_, { decision }) => (decision === null ? whyNot.noDecision : null),
    run: ({ workspace }, row) => workspace.withdraw(row),
  },
  revoke: {
    icon: "close",
    words: revoke,
    also: "delete remove",
    menu: true,
    danger: true,
    impossible: onlyManagers,
    run: ({ workspace }, { key }) => workspace.dialogs.revoke(key),
    several: {
      words: selectionText.plan,
      impossible: onlyManagersOfAll,
      run: ({ workspace }) => workspace.plan(),
    },
  },
};
