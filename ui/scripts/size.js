/** Fails when the built page is larger than it may be; both figures are gzipped kilobytes. */
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { js: 45, css: 8 };
const assets = new URL("../dist/assets/", import.meta.url);

for (const [kind, limit] of Object.entries(LIMITS)) {
  const files = readdirSync(assets).filter((name) => name.endsWith(`.${kind}`));
  const bytes = files.reduce((sum, name) => {
    return sum + gzipSync(readFileSync(new URL(name, assets))).length;
  }, 0);
  const size = bytes / 1000;
  const fits = files.length > 0 && size <= limit;
  process.stdout.write(
    `${kind}: ${size.toFixed(1)} KB of ${limit} KB${fits ? "" : ": too much"}\n`,
  );
  if (!fits) process.exitCode = 1;
}
