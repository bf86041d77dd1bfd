/** The acts on the list of tokens, and those with a key of its own. */
import { shortcutText } from "../dialogs/messages";
import * as ipc from "../ipc";
import type { View } from "../ipc";
import { m } from "../messages";
import { notices } from "../notices.svelte";
import { actText, whyNot } from "./messages";
import type { Act, App, ListAct } from "./table";
import type { Command } from "../keys";

const noTokens = ({ workspace }: App) => (workspace.list.total === 0 ? whyNot.noTokens : null);

/** Does what the key does, in the list. */
const inList =
  (command: Command, selecting = false) =>
  async ({ workspace }: App) => {
    if (workspace.screen !== "tokens") await workspace.toList();
    return workspace.act(command, selecting);
  };

const move = (
  icon: "chevron" | "right" | "left",
  words: string,
  command: Command,
  selecting = false,
): Act => ({
  icon,
  words,
  impossible: noTokens,
  run: inList(command, selecting),
});

/** Shows the tokens of one of the cards, and acts with all of them if there are any. */
const withAll =
  (view: View, none: string, act: (app: App) => unknown) =>
  async (app: App): Promise<unknown> => {
    const { list, details } = app.workspace;
    list.change({ text: "", view, rule: null });
    details.close();
    await app.workspace.toList();
    await list.settled();
    return list.total === 0 ? notices.say(none) : act(app);
  };

const forManagers = ({ mayManage }: App) => (mayManage ? null : m.onlyManagers);

export const listActs: Readonly<Record<ListAct, Act>> = {
  create: {
    icon: "plus",
    words: m.createToken,
    also: "new add",
    impossible: forManagers,
    run: ({ workspace }) => workspace.act("create"),
  },
  revokeExpired: {
    icon: "close",
    words: actText.revokeExpired,
    also: "clean up",
    danger: true,
    impossible: forManagers,
    run: withAll("expired", actText.noneExpired, ({ workspace: { dialogs, list } }) =>
      dialogs.bulkRevoke.begin(() => ipc.call.bulkRevokesPlan(list.everything)),
    ),
  },
  rotateExpiring: {
    icon: "refresh",
    words: actText.rotateExpiring,
    also: "replace renew extend",
    impossible: forManagers,
    run: withAll("expiringSoon", actText.noneExpiring, async ({ workspace: { dialogs, list } }) => {
      await list.selectNone();
      await list.selectAll();
      dialogs.unselect = () => list.selectNone();
      await dialogs.rotateSelected();
      if (dialogs.rotating !== null) return;
      dialogs.unselect();
      dialogs.unselect = null;
    }),
  },
  search: {
    icon: "search",
    words: actText.search,
    also: "find filter",
    run: inList("search"),
  },
  clear: {
    icon: "close",
    words: m.empty.clear,
    impossible: ({ workspace }) => (workspace.list.filtered ? null : whyNot.notFiltered),
    run: async ({ workspace }) => {
      workspace.list.clear();
      await workspace.toList();
    },
  },
  selectAll: {
    icon: "check",
    words: m.selectAll,
    impossible: noTokens,
    run: inList("selectAll"),
  },
  selectNone: {
    icon: "close",
    words: actText.selectNone,
    also: "deselect",
    impossible: ({ workspace }) =>
      workspace.list.selection.count === 0 ? whyNot.noneSelected : null,
    run: ({ workspace }) => workspace.list.selectNone(),
  },
  sort: { icon: "swap", words: actText.sort, run: inList("sort") },
  turnSort: { icon: "swap", words: actText.turnSort, run: inList("turnSort") },
  closeDetails: {
    icon: "close",
    words: m.details.close,
    impossible: ({ workspace }) => (workspace.details.open ? null : whyNot.noDetails),
    run: ({ workspace }) => workspace.closeDetails(),
  },
  refresh: {
    icon: "refresh",
    words: m.menu.refresh,
    also: "reload sync update",
    run: ({ workspace }) => workspace.act("refresh"),
  },
  help: {
    icon: "info",
    words: shortcutText.title,
    also: "help keys about version search terms",
    run: ({ workspace }) => workspace.act("help"),
  },
  palette: {
    icon: "dots",
    words: actText.palette,
    run: ({ workspace }) => workspace.act("palette"),
  },
  back: {
    icon: "left",
    words: actText.back,
    run: inList("back"),
  },
  down: move("chevron", actText.down, "down"),
  up: move("chevron", actText.up, "up"),
  pageDown: move("chevron", actText.pageDown, "pageDown"),
  pageUp: move("chevron", actText.pageUp, "pageUp"),
  first: move("chevron", actText.first, "first"),
  last: move("chevron", actText.last, "last"),
  selectDown: move("chevron", actText.selectDown, "down", true),
  selectUp: move("chevron", actText.selectUp, "up", true),
};
