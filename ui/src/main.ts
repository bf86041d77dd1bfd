import "./styles/index.css";

import { mount } from "svelte";

import App from "./App.svelte";
import * as ipc from "./ipc";

/** The page is loaded while the shell still reads the last-known list; it answers with both. */
async function open(): Promise<void> {
  const start = await ipc.call.connectionsStart();
  const target = document.getElementById("app");
  if (target === null) throw new Error("index.html has no #app");
  mount(App, { target, props: { start } });
}

void open();
