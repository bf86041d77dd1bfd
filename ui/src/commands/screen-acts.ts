/** The screens, and what a part of the page does by itself. */
import { offered, perform } from "../acts";
import type { OwnAct } from "../acts";
import { activityText } from "../activity/messages";
import { auditText } from "../audit/messages";
import { columnText } from "../columns/messages";
import { foundText } from "../found/messages";
import { leaksText } from "../leaks/messages";
import { m } from "../messages";
import { searchText } from "../search/messages";
import type { Screen } from "../screen";
import { actText, whyNot } from "./messages";
import type { IconName } from "../widgets/icons";
import type { Act, App } from "./table";

const screen = (icon: IconName, name: Screen, words: string, also = ""): Act => ({
  icon,
  words: actText.goTo(words),
  also,
  run: ({ workspace }) => workspace.goTo(name),
});

/** Goes to the screen that does it; `needed` says what is missing if it is only done there and then. */
const own = (
  icon: IconName,
  act: OwnAct,
  words: string,
  where: Screen | "everywhere",
  needed?: (app: App) => string,
): Act => ({
  icon,
  words,
  impossible: (app) => (needed === undefined || offered(act) ? null : needed(app)),
  run: async ({ workspace }) => {
    if (where !== "everywhere" && workspace.screen !== where) await workspace.goTo(where);
    perform(act);
  },
});

const scan = (act: OwnAct, words: string): Act => ({
  ...own("search", act, words, "leaks"),
  also: "scan search",
});

/** Only there is it known. */
const onLeaks =
  (needed: string) =>
  ({ workspace }: App) =>
    workspace.screen === "leaks" ? needed : whyNot.leaksFirst;

export const screenActs: Readonly<Record<Exclude<Screen, "found"> | OwnAct, Act>> = {
  tokens: screen("key", "tokens", m.title),
  rotations: screen("refresh", "rotations", m.rotations, "replace"),
  leaks: screen("search", "leaks", m.leaks, "scan search files"),
  audit: screen("report", "audit", m.auditReport, "findings policy"),
  activity: screen("activity", "activity", m.activity, "journal history log"),
  preferences: screen("gear", "preferences", m.preferences, "settings options"),
  exportCsv: own("report", "exportCsv", actText.exportAudit.csv, "audit"),
  exportJson: own("report", "exportJson", actText.exportAudit.json, "audit"),
  exportHtml: own("report", "exportHtml", actText.exportAudit.html, "audit"),
  editPolicy: {
    ...own("edit", "editPolicy", actText.editPolicy, "audit"),
    also: "settings rules thresholds import export",
    impossible: ({ connection }) => (connection === null ? auditText.severalPolicies : null),
  },
  verify: own("check", "verify", activityText.verify, "activity"),
  exportActivity: own("report", "exportActivity", actText.exportActivity, "activity"),
  scanUsual: scan("scanUsual", actText.scanUsual),
  scanFolder: scan("scanFolder", actText.scanFolder),
  scanPasted: scan("scanPasted", actText.scanPasted),
  cancelScan: {
    ...own("close", "cancelScan", leaksText.cancel, "leaks", onLeaks(whyNot.notScanning)),
    danger: true,
  },
  exportScan: own("report", "exportScan", actText.exportScan, "leaks", onLeaks(whyNot.noScan)),
  found: {
    icon: "search",
    words: `${m.found}…`,
    also: "leak incident paste identify",
    // The screen asks at once when it is gone to for that.
    run: ({ workspace }) =>
      workspace.screen === "found" ? perform("found") : workspace.open("found", "paste"),
  },
  exportRecord: own("report", "exportRecord", foundText.export, "found", () => whyNot.noIncident),
  closeIncident: {
    ...own("close", "closeIncident", foundText.close, "found", () => whyNot.noIncident),
    danger: true,
  },
  columns: {
    ...own("columns", "columns", columnText.columns, "tokens"),
    also: "show hide order width layout settings",
  },
  filterProject: own("search", "filterProject", searchText.filterBy("project"), "tokens"),
  filterScope: own("search", "filterScope", searchText.filterBy("scope"), "tokens"),
  filterCreator: own("search", "filterCreator", searchText.filterBy("creator"), "tokens"),
  saveView: own("plus", "saveView", searchText.saveView, "everywhere", () => whyNot.nothingToSave),
  renameView: own("edit", "renameView", actText.renameView, "everywhere", () => whyNot.noView),
  deleteView: {
    ...own("close", "deleteView", actText.deleteView, "everywhere", () => whyNot.noView),
    danger: true,
  },
  undo: own("left", "undo", actText.undo, "everywhere", () => whyNot.noUndo),
  messages: own("info", "messages", actText.messages, "everywhere", () => whyNot.noMessages),
};
