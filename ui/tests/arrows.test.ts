/**
 * The page's folders use each other in one direction: a layer uses those below it, and no folder one of its
 * own layer. So a reader can start at the bottom, or stop at any layer.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** The folders and files of `src`, the lowest layer first. */
const LAYERS = [
  "focus ipc roving screen",
  "settings",
  "keys messages question",
  "acts notices",
  "widgets",
  "fields history menu",
  "columns sign-in",
  "connection",
  "list notes unresolved",
  "activity audit bulk-revoke create decide deliver leaks practice preferences search token",
  "found revoke rotation",
  "dialogs frame",
  "screens",
  "commands",
  "palette",
  "App",
  "main",
].map((row) => row.split(" "));

/** What is loaded later is used by whatever shows it, and imports all of it: `import("./later")`. */
const LOADED_LATER = ["later", "second"];
/** More files than this are not taken in at one look. */
const MOST_FILES = 12;

const all = readdirSync("src", { recursive: true, encoding: "utf8" });
const sources = all.filter((name) => /\.(ts|svelte)$/.test(name));
/** The folder that a file is in, or its own name without what follows the first dot. */
const part = (file: string) => file.split("/")[0]?.replace(/\..*/, "") ?? "";

/** Each file with one that it imports from another folder. */
function arrows(): [string, string][] {
  const imports = /(?:\bfrom|^import) "(\.{1,2}\/[^"]*)"/gm;
  return sources.flatMap((file) => {
    const text = readFileSync(join("src", file), "utf8");
    const paths = [...text.matchAll(imports)].map(([, path = ""]) => path);
    const used = paths
      .filter((path) => !path.endsWith(".css"))
      .map((path) => join(dirname(file), path));
    return used.map((to): [string, string] => [file, to]);
  });
}

test("no arrow goes up", () => {
  const layer = (name: string) => LAYERS.findIndex((row) => row.includes(part(name)));
  const between = arrows().filter((it) => it.every((name) => !LOADED_LATER.includes(part(name))));
  expect(between.length).toBeGreaterThan(400);
  const wrong = between.filter(([from, to]) => {
    const [above, below] = [layer(from), layer(to)];
    return above < 0 || below < 0 || (part(from) !== part(to) && below >= above);
  });
  expect(wrong).toEqual([]);
});

test("every layer is there", () => {
  const missing = LAYERS.flat().filter((name) => !sources.some((file) => part(file) === name));
  expect(missing).toEqual([]);
});

test("every folder is taken in at one look", () => {
  const folders = [
    "",
    ...all.filter((name) => !name.includes(".") && existsSync(join("src", name))),
  ];
  const counts = folders.map((folder) => {
    const inside = readdirSync(join("src", folder), { withFileTypes: true });
    return [folder, inside.filter((it) => it.isFile()).length] as const;
  });
  expect(counts.filter(([, count]) => count > MOST_FILES)).toEqual([]);
});
