/** Each class is styled in one place, so that whoever changes it finds all there is about it. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../src");
const sheets = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".css"),
);

/** The selectors of a style sheet, without those of keyframes. */
function selectors(css: string): string[] {
  const rules = css.replaceAll(/\/\*.*?\*\//gs, "").matchAll(/([^{};]+)\{/g);
  return [...rules]
    .map(([, selector]) => (selector ?? "").trim())
    .filter((selector) => !selector.startsWith("@"))
    .flatMap((selector) => selector.split(/,(?![^(]*\))/))
    .map((selector) => selector.trim());
}

/** The class that a selector begins with, or those of which it begins with one: what follows says where it holds. */
function leading(selector: string): string[] {
  const either = /^:is\(([^)]*)\)/.exec(selector)?.[1];
  const begins = either?.split(",") ?? [selector];
  return begins.flatMap((it) => /^\.([a-z][\w-]*)/.exec(it.trim())?.[1] ?? []);
}

/** The style sheets in which each class leads a selector. */
function homes(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const sheet of sheets) {
    for (const name of selectors(readFileSync(join(SOURCES, sheet), "utf8")).flatMap(leading)) {
      // A feature with several style sheets begins their selectors with its own name.
      if (name === basename(dirname(sheet))) continue;
      found.set(name, (found.get(name) ?? new Set()).add(sheet));
    }
  }
  return found;
}

test("each class is styled in one place", () => {
  const found = homes();
  expect(found.size, "the control").toBeGreaterThan(100);
  const doubled = [...found].filter(([, places]) => places.size > 1);
  expect(doubled.map(([name, places]) => `.${name}: ${[...places].join(", ")}`)).toEqual([]);
});
