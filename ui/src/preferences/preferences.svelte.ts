/** The settings on their page: changed at once, and what each can be reset to. */
import * as ipc from "../ipc";
import type { Setting, Settings, SettingsView } from "../ipc";
import { notices } from "../notices.svelte";
import { settings } from "../settings/followed.svelte";
import { Turns } from "./turns";

export class Preferences {
  view = $state.raw<SettingsView | null>(null);
  /** What was chosen, until each is done: it is shown at once, and goes back if it can't be done. */
  #wanted = $state.raw<readonly Partial<Settings>[]>([]);
  readonly #turns = new Turns();
  readonly #onchange: () => void;

  constructor(onchange: () => void) {
    this.#onchange = onchange;
  }

  readonly now = $derived(
    this.view && this.#wanted.reduce<Settings>((now, it) => ({ ...now, ...it }), this.view.now),
  );

  isChanged = (key: keyof Settings) => this.view?.now[key] !== this.view?.defaults[key];

  /** The default of one of them. */
  default = (key: keyof Settings) => ({ name: key, value: this.view?.defaults[key] }) as Setting;

  change = (setting: Setting) =>
    this.#ask(() => ipc.call.settingsChange([setting]), { [setting.name]: setting.value });

  reset = () => {
    const usual = Object.entries(this.view?.defaults ?? {});
    const changes = usual.map(([name, value]) => ({ name, value }) as Setting);
    return this.#ask(() => ipc.call.settingsChange(changes));
  };

  load = () => this.#ask(ipc.call.settingsShow);

  /** Returns whether it was done. */
  async #ask(
    question: () => Promise<SettingsView>,
    wanted: Partial<Settings> = {},
  ): Promise<boolean> {
    this.#wanted = [...this.#wanted, wanted];
    try {
      this.#take(await this.#turns.ask(question));
      return true;
    } catch (thrown) {
      notices.failed(thrown);
      // It may hold without having been kept.
      if (question !== ipc.call.settingsShow) this.#take(await ipc.call.settingsShow());
      return false;
    } finally {
      // Another change may still be on its way.
      this.#wanted = this.#wanted.filter((it) => it !== wanted);
    }
  }

  #take(view: SettingsView): void {
    const before = this.view?.now.zone;
    this.view = view;
    settings.follow(view.now);
    if (before !== undefined && before !== view.now.zone) this.#onchange();
  }
}
