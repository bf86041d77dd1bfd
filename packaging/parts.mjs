// parts.mjs notices: prints the licenses of all that is linked into the programs, each text once. Their authors ask for
// it: what is given away as a binary must carry their notices.
// parts.mjs sbom VERSION: prints the same parts as a CycloneDX bill of materials.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGES = ["entri-tokens", "entok"];
// What the page is built from and brings along.
const PAGE = ["svelte", "@tauri-apps/api"];
const NOTICE = /^(?:un)?licen[cs]e|^copying|^notice|^copyright/i;

const cargo = (...words) =>
  execFileSync("cargo", [...words, "--locked"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });

/** The crates of the programs, without those that only build or test them. */
function crates() {
  const packages = PACKAGES.flatMap((name) => ["--package", name]);
  const tree = cargo(
    "tree",
    ...packages,
    "--edges",
    "normal",
    "--prefix",
    "none",
    "--format",
    "{p}",
  );
  const linked = new Set(
    tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")),
  );
  const { packages: known } = JSON.parse(
    cargo("metadata", "--format-version", "1"),
  );
  return known
    .filter(
      ({ name, version, source }) =>
        source && linked.has(`${name} v${version}`),
    )
    .map((crate) => ({
      ...crate,
      purl: `pkg:cargo/${crate.name}@${crate.version}`,
      folder: dirname(crate.manifest_path),
    }));
}

function ofPage() {
  return PAGE.map((name) => {
    const folder = join("ui/node_modules", name);
    const part = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return {
      ...part,
      purl: `pkg:npm/${name.replace("@", "%40")}@${part.version}`,
      folder,
    };
  });
}

/** The texts that come with a part; its license's name alone where it brings none. */
function texts({ folder, license, authors, repository }) {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (it) => it.isFile() && NOTICE.test(it.name),
  );
  if (files.length)
    return files.map(({ name }) =>
      readFileSync(join(folder, name), "utf8").trim(),
    );
  return [
    [`License: ${license}`, ...(authors ?? []), repository ?? ""]
      .join("\n")
      .trim(),
  ];
}

function notices(parts) {
  const users = new Map();
  for (const part of parts) {
    for (const text of texts(part)) {
      // The same text in other line lengths or endings is the same.
      const key = text.replace(/\s+/g, " ");
      const one = users.get(key) ?? { text, parts: new Set() };
      one.parts.add(`${part.name} ${part.version} (${part.license})`);
      users.set(key, one);
    }
  }
  const rule = "-".repeat(80);
  console.log(
    "Entri Tokens contains the following works of others, under these licenses.",
  );
  for (const { text, parts } of [...users.values()].sort(
    (a, b) => b.parts.size - a.parts.size,
  )) {
    console.log(
      `\n${rule}\n${[...parts].sort().join("\n")}\n${rule}\n\n${text}`,
    );
  }
}

function sbom(parts, version) {
  const components = parts.map(({ name, version, license, purl }) => ({
    type: "library",
    name,
    version,
    purl,
    // Older crates say “or” with a slash.
    licenses: [{ expression: license.replace(/\s*\/\s*/g, " OR ") }],
  }));
  const component = { type: "application", name: "entri-tokens", version };
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component },
    components,
  };
  console.log(JSON.stringify(bill, null, 1));
}

const [wanted, version] = process.argv.slice(2);
const parts = [...crates(), ...ofPage()];
if (wanted === "sbom") sbom(parts, version);
else notices(parts);
