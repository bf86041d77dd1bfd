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
import type { Act } from "./table";

const screen = (icon: IconName, name: Screen, words: string, also = ""): Act => ({
  icon,
  words: actText.goTo(words),
  where: "everywhere",
  also,
  run: ({ workspace }) => workspace.goTo(name),
});

/** Goes to the screen that does it; `needed` says what is missing if it is only done there and then. */
const own = (
  icon: IconName,
  act: OwnAct,
  words: string,
  where: Screen | "everywhere",
  needed?: string,
): Act => ({
  icon,
  words,
  where,
  impossible: () => (needed === undefined || offered(act) ? null : needed),
  run: async ({ workspace }) => {
    if (where !== "everywhere" && workspace.screen !== where) await workspace.goTo(where);
    perform(act);
  },
});

export const screenActs: Readonly<Record<Exclude<Screen, "found"> | OwnAct, Act>> = {
  tokens: screen("key", "tokens", m.title),
  rotations: screen("refresh", "rotations", m.rotations, "replace"),
  leaks: screen("search", "leaks", m.leaks, "scan search files"),
  audit: screen("report", "audit", m.auditReport, "findings policy"),
  activity: screen("activity", "activity", m.activity, "journal history log"),
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
  scanUsual: own("search", "scanUsual", actText.scanUsual, "leaks"),
  scanFolder: own("search", "scanFolder", actText.scanFolder, "leaks"),
  scanPasted: own("search", "scanPasted", actText.scanPasted, "leaks"),
  cancelScan: own("close", "cancelScan", leaksText.cancel, "leaks", whyNot.notScanning),
  exportScan: own("report", "exportScan", actText.exportScan, "leaks", whyNot.noScan),
  found: {
    icon: "search",
    words: `${m.found}…`,
    where: "everywhere",
    also: "leak incident paste identify",
    // The screen asks at once when it is gone to for that.
    run: ({ workspace }) =>
      workspace.screen === "found" ? perform("found") : workspace.open("found", "paste"),
  },
  exportRecord: own("report", "exportRecord", foundText.export, "found", whyNot.noIncident),
  closeIncident: own("close", "closeIncident", foundText.close, "found", whyNot.noIncident),
  columns: {
    ...own("columns", "columns", columnText.columns, "tokens"),
    also: "show hide order width layout settings",
  },
  filterProject: own("search", "filterProject", searchText.filterBy("project"), "tokens"),
  filterScope: own("search", "filterScope", searchText.filterBy("scope"), "tokens"),
  filterCreator: own("search", "filterCreator", searchText.filterBy("creator"), "tokens"),
  saveView: own("plus", "saveView", searchText.saveView, "everywhere", whyNot.nothingToSave),
  renameView: own("edit", "renameView", actText.renameView, "everywhere", whyNot.noView),
  deleteView: own("close", "deleteView", actText.deleteView, "everywhere", whyNot.noView),
  undo: own("left", "undo", actText.undo, "everywhere", whyNot.noUndo),
  messages: own("info", "messages", actText.messages, "everywhere", whyNot.noMessages),
};
