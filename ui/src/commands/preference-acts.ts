/** The preferences, each of which is found by its words. */
import { tick } from "svelte";

import { checksText, keptText, preferencesText } from "../preferences/messages";
import type { IconName } from "../widgets/icons";
import { actText } from "./messages";
import type { Act } from "./table";

export type PreferenceAct =
  keyof typeof preferencesText.labels | "watch" | "atLogin" | "storage" | "export" | "erase";

const { labels } = preferencesText;

/** Goes to the setting, which has the keys then. */
const setting = (icon: IconName, name: PreferenceAct, words: string, also: string): Act => ({
  icon,
  words,
  also: `settings preferences options ${also}`,
  note: () => actText.preference,
  run: async ({ workspace }) => {
    // Also if it was gone to before.
    workspace.open("preferences");
    await tick();
    workspace.open("preferences", name);
  },
});

export const preferenceActs: Readonly<Record<PreferenceAct, Act>> = {
  theme: setting("gear", "theme", labels.theme, "dark light system colors appearance"),
  density: setting("gear", "density", labels.density, "compact comfortable row height"),
  textSize: setting("gear", "textSize", labels.textSize, "zoom font larger smaller"),
  zone: setting("clock", "zone", labels.zone, "UTC local times dates"),
  clearClipboard: setting("lock", "clearClipboard", labels.clearClipboard, "copy seconds"),
  countdown: setting("lock", "countdown", labels.countdown, "stop seconds undo"),
  singleKeys: setting("columns", "singleKeys", labels.singleKeys, "keyboard letters keys"),
  atLogin: setting("clock", "atLogin", checksText.atLogin, "autostart login boot background"),
  storage: setting("layers", "storage", actText.kept, "data folder size open where privacy"),
  export: setting("copy", "export", `${keptText.export}…`, "backup copy move data folder"),
  erase: {
    ...setting("close", "erase", `${keptText.erase}…`, "uninstall wipe reset data"),
    danger: true,
  },
  watch: setting("clock", "watch", checksText.every, "notifications tray background checks watch"),
};
