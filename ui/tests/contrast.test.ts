import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

type Theme = "light" | "dark";

const css = readFileSync("src/styles/tokens.css", "utf8");
const OKLCH = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;

/** Linear red, green and blue of a color of the stylesheet. */
function linear(name: string, theme: Theme): number[] {
  const declared = new RegExp(`^  --${name}: (.+);$`, "m").exec(css)?.[1];
  if (declared === undefined) throw new Error(`--${name} is not declared`);
  const colors = [...declared.matchAll(OKLCH)].map((match) => match.slice(1).map(Number));
  const color = theme === "dark" ? (colors[1] ?? colors[0]) : colors[0];
  const [lightness = NaN, chroma = NaN, hue = NaN] = color ?? [];
  return fromOklch(lightness, chroma, (hue * Math.PI) / 180);
}

/** The inverse of the OKLab transform, as CSS Color 4 gives it. */
function fromOklch(lightness: number, chroma: number, hue: number): number[] {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function contrast(one: string, other: string, theme: Theme): number {
  const luminance = (name: string) => {
    const [red = 0, green = 0, blue = 0] = linear(name, theme).map((x) =>
      Math.min(1, Math.max(0, x)),
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["bg", "surface", "raised", "selection"];
/** The colors of the connections, and of all of them together. */
const tiles = [...[0, 1, 2, 3, 4, 5].map((color) => `tile-${color}`), "tile-all"];
const texts: [string, string][] = [
  ...["text", "text-2"].flatMap((name) =>
    grounds.map((ground): [string, string] => [name, ground]),
  ),
  ...["bg", "surface", "raised"].map((ground): [string, string] => ["text-3", ground]),
  ["on-accent", "accent"],
  ["accent-text", "surface"],
  ["accent-text", "selection"],
  ["on-danger", "danger"],
  ...tiles.map((tile): [string, string] => ["on-tile", tile]),
  ...["ok", "warn", "bad", "info"].map((tone): [string, string] => [tone, `${tone}-bg`]),
  ...["ok", "warn", "bad"].map((tone): [string, string] => [tone, "surface"]),
];
const controls: [string, string][] = [
  ...["control", "focus", "accent", "danger"].flatMap((name) =>
    ["bg", "surface"].map((ground): [string, string] => [name, ground]),
  ),
  ["focus", "selection"],
  ["accent", "selection"],
];
const themes: Theme[] = ["light", "dark"];

test("the measure is right", () => {
  expect(fromOklch(1, 0, 0).every((x) => Math.abs(x - 1) < 1e-3)).toBe(true);
  expect(fromOklch(0, 0, 0).every((x) => Math.abs(x) < 1e-9)).toBe(true);
});

test.each(themes.flatMap((theme) => texts.map(([text, ground]) => ({ theme, text, ground }))))(
  "$text on $ground can be read, $theme",
  ({ theme, text, ground }) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(themes.flatMap((theme) => controls.map(([line, ground]) => ({ theme, line, ground }))))(
  "$line on $ground can be made out, $theme",
  ({ theme, line, ground }) => {
    expect(contrast(line, ground, theme)).toBeGreaterThanOrEqual(3);
  },
);

test("every color is one a screen can show", () => {
  const names = [...css.matchAll(/^ {2}--([\w-]+): .*oklch\([\d. ]+\)/gm)].map(
    ([, name]) => name ?? "",
  );
  expect(names.length).toBeGreaterThan(20);
  for (const name of names.filter((name) => name !== "shade" && name !== "shadow")) {
    for (const theme of themes) {
      for (const channel of linear(name, theme)) {
        expect(channel, `${name} ${theme}`).toBeGreaterThan(-0.02);
        expect(channel, `${name} ${theme}`).toBeLessThan(1.02);
      }
    }
  }
});
