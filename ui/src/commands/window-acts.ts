/** The acts on connections, on the app itself, and those that the shell takes. */
import type { DrillKind } from "../ipc";
import { m } from "../messages";
import { notices } from "../notices.svelte";
import { begin } from "../practice/begin";
import { practiceText } from "../practice/messages";
import { openGuide } from "./guide";
import { actText, whyNot } from "./messages";
import type { Act, App, WindowAct } from "./table";
import type { IconName } from "../widgets/icons";

const oneConnection = ({ connection }: App) =>
  connection === null ? whyNot.severalConnections : null;

const several = ({ status }: App) => (status.connections.length > 1 ? null : whyNot.oneConnection);

/** What the shell does when its keys are pressed. */
const byKeys = (icon: IconName, words: string): Act => ({
  icon,
  words,
  impossible: () => whyNot.keysOnly,
  run: () => undefined,
});

const practice = (kind: DrillKind): Act => ({
  icon: "clock",
  words: practiceText.labels[kind],
  also: "drill exercise training sandbox",
  run: async ({ onshow }) => {
    try {
      onshow(await begin(kind));
    } catch (thrown) {
      notices.failed(thrown);
    }
  },
});

export const windowActs: Readonly<Record<WindowAct, Act>> = {
  switch: {
    icon: "swap",
    words: m.menu.label,
    also: "organization server",
    impossible: several,
    run: () => {
      // A menu beside its button; the button itself may be told to close what is open.
      document.getElementById("connection-menu")?.showPopover();
    },
  },
  allConnections: {
    icon: "layers",
    words: m.menu.all,
    also: "switch",
    impossible: several,
    run: ({ onshow }) => onshow(null),
  },
  connect: {
    icon: "swap",
    words: m.menu.connect,
    also: "sign in log in organization server sandbox",
    run: ({ onconnect }) => onconnect(),
  },
  edit: {
    icon: "edit",
    words: m.menu.edit,
    also: "settings rename color environment",
    note: ({ connection }) => connection?.label ?? "",
    impossible: oneConnection,
    run: ({ workspace }) => (workspace.dialogs.open = "edit"),
  },
  signIn: {
    icon: "key",
    words: m.menu.signIn,
    note: ({ connection }) => connection?.label ?? "",
    impossible: (app) => (app.connection?.sandbox === true ? whyNot.sandbox : oneConnection(app)),
    run: ({ onsignin }) => onsignin(),
  },
  disconnect: {
    icon: "close",
    words: m.menu.disconnect,
    also: "sign out log out remove",
    danger: true,
    note: ({ connection }) => connection?.label ?? "",
    impossible: oneConnection,
    run: ({ workspace }) => (workspace.dialogs.open = "disconnect"),
  },
  stop: {
    icon: "close",
    words: m.statusBar.stop,
    impossible: ({ status }) => (status.syncing ? null : whyNot.notRefreshing),
    run: ({ onstop }) => onstop(),
  },
  news: {
    icon: "info",
    words: actText.news,
    also: "changes removed",
    impossible: ({ status }) => (status.news === null ? whyNot.noNews : null),
    run: ({ workspace }) => (workspace.dialogs.open = "news"),
  },
  incidents: {
    icon: "alert",
    words: actText.goTo(m.incidents),
    also: "leak found value exposed",
    impossible: ({ status }) => (status.incidents === 0 ? whyNot.noIncidents : null),
    run: ({ workspace }) => workspace.goTo("found"),
  },
  practiceLeak: practice("leak"),
  practiceRotation: practice("rotation"),
  extend: {
    icon: "clock",
    words: actText.extend,
    also: "renew prolong change",
    impossible: () => whyNot.noExtend,
    run: () => undefined,
  },
  guide: {
    icon: "info",
    words: actText.guide,
    also: "help manual documentation how to",
    run: openGuide,
  },
  zoomIn: byKeys("plus", actText.zoomIn),
  zoomOut: byKeys("dash", actText.zoomOut),
  zoomReset: byKeys("search", actText.zoomReset),
  closeWindow: byKeys("close", actText.closeWindow),
  quit: byKeys("close", actText.quit),
};
