/** The acts on connections, on the app itself, and those that the shell takes. */
import { m } from "../messages";
import { actText, whyNot } from "./messages";
import type { Act, App, WindowAct } from "./table";
import type { IconName } from "../widgets/icons";

const oneConnection = ({ connection }: App) =>
  connection === null ? whyNot.severalConnections : null;

/** What the shell does when its keys are pressed. */
const byKeys = (icon: IconName, words: string): Act => ({
  icon,
  words,
  where: "everywhere",
  impossible: () => whyNot.keysOnly,
  run: () => undefined,
});

export const windowActs: Readonly<Record<WindowAct, Act>> = {
  switch: {
    icon: "swap",
    words: m.menu.label,
    where: "everywhere",
    also: "organization server",
    run: () => {
      // A menu beside its button; the button itself may be told to close what is open.
      document.getElementById("connection-menu")?.showPopover();
    },
  },
  allConnections: {
    icon: "layers",
    words: m.menu.all,
    where: "everywhere",
    also: "switch",
    impossible: ({ status }) => (status.connections.length > 1 ? null : whyNot.oneConnection),
    run: ({ onshow }) => onshow(null),
  },
  connect: {
    icon: "swap",
    words: m.menu.connect,
    where: "everywhere",
    also: "sign in log in organization server sandbox",
    run: ({ onconnect }) => onconnect(),
  },
  edit: {
    icon: "edit",
    words: m.menu.edit,
    where: "everywhere",
    also: "settings rename color environment",
    note: ({ connection }) => connection?.label ?? "",
    impossible: oneConnection,
    run: ({ workspace }) => (workspace.dialogs.open = "edit"),
  },
  signIn: {
    icon: "key",
    words: m.menu.signIn,
    where: "everywhere",
    note: ({ connection }) => connection?.label ?? "",
    impossible: (app) => (app.connection?.sandbox === true ? whyNot.sandbox : oneConnection(app)),
    run: ({ onsignin }) => onsignin(),
  },
  disconnect: {
    icon: "close",
    words: m.menu.disconnect,
    where: "everywhere",
    also: "sign out log out remove",
    note: ({ connection }) => connection?.label ?? "",
    impossible: oneConnection,
    run: ({ workspace }) => (workspace.dialogs.open = "disconnect"),
  },
  watch: {
    icon: "clock",
    words: m.watch,
    where: "everywhere",
    also: "settings preferences notifications autostart tray",
    run: ({ workspace }) => (workspace.dialogs.open = "watch"),
  },
  stop: {
    icon: "close",
    words: m.statusBar.stop,
    where: "everywhere",
    impossible: ({ status }) => (status.syncing ? null : whyNot.notRefreshing),
    run: ({ onstop }) => onstop(),
  },
  news: {
    icon: "info",
    words: actText.news,
    where: "everywhere",
    also: "changes removed",
    impossible: ({ status }) => (status.news === null ? whyNot.noNews : null),
    run: ({ workspace }) => (workspace.dialogs.open = "news"),
  },
  extend: {
    icon: "clock",
    words: actText.extend,
    where: "everywhere",
    also: "renew prolong change",
    impossible: () => whyNot.noExtend,
    run: () => undefined,
  },
  zoomIn: byKeys("plus", actText.zoomIn),
  zoomOut: byKeys("dash", actText.zoomOut),
  zoomReset: byKeys("search", actText.zoomReset),
  closeWindow: byKeys("close", actText.closeWindow),
  quit: byKeys("close", actText.quit),
};
