import "./styles/index.css";

import { mount } from "svelte";

import App from "./App.svelte";
import * as ipc from "./ipc";

function open(start: ipc.StartView): void {
  const target = document.getElementById("app");
  if (target === null) throw new Error("index.html has no #app");
  mount(App, { target, props: { start } });
}

/** After a reload the document still carries what it first started with, which is old by then. */
function reloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && navigation.type === "reload";
}

if (window.__START__ !== undefined && !reloaded()) open(window.__START__);
else void ipc.start().then(open);
