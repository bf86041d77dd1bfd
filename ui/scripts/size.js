/**
 * Fails when the built page is larger than it may be: what the window loads at its start, and all of
 * it, in gzipped kilobytes. The start is what a person waits for. All of it may grow with each new screen: 100 and 12
 * until there were rotations, incidents and scans.
 */
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { js: { start: 45, all: 133 }, css: { start: 8, all: 14.1 } };
const dist = new URL("../dist/", import.meta.url);
const document = readFileSync(new URL("index.html", dist), "utf8");
const files = readdirSync(new URL("assets/", dist));

const kilobytes = (name) => gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length / 1000;

for (const [kind, limits] of Object.entries(LIMITS)) {
  const ofKind = files.filter((name) => name.endsWith(`.${kind}`));
  const groups = { start: ofKind.filter((name) => document.includes(name)), all: ofKind };
  for (const [group, names] of Object.entries(groups)) {
    const size = names.reduce((sum, name) => sum + kilobytes(name), 0);
    const fits = names.length > 0 && size <= limits[group];
    const said = `${kind}, ${group}: ${size.toFixed(1)} KB of ${limits[group]} KB`;
    process.stdout.write(`${said}${fits ? "" : ": too much"}\n`);
    if (!fits) process.exitCode = 1;
  }
}
