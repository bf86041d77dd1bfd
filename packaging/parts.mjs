// parts.mjs notices: prints the licenses of all that is linked into the programs or built into their page, each text
// once. Their authors ask for it: what is given away as a binary must carry their notices.
// parts.mjs sbom VERSION: prints the same parts as a CycloneDX bill of materials.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const PACKAGES = ["entri-tokens", "entok"];
const PAGE = "ui";
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

const described = (folder) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Where Node finds a package that is a dependency of the one in a folder. */
function folderOf(name, folder) {
  const { paths } = createRequire(
    join(resolve(folder), "package.json"),
  ).resolve;
  const found = paths(name)
    .map((path) => join(path, name))
    .find((path) => existsSync(join(path, "package.json")));
  if (!found) throw new Error(`${name}, which ${folder} needs, is not there`);
  return found;
}

/** The packages that the page depends on, and theirs: any of them may have code in it. */
function ofPage(folder = PAGE, known = new Map()) {
  for (const name of Object.keys(described(folder).dependencies ?? {})) {
    const at = folderOf(name, folder);
    if (known.has(at)) continue;
    const { author, repository, ...part } = described(at);
    known.set(at, {
      ...part,
      authors: author && [author.name ?? author],
      repository: repository?.url ?? repository,
      purl: `pkg:npm/${name.replace("@", "%40")}@${part.version}`,
      folder: at,
    });
    ofPage(at, known);
  }
  return [...known.values()];
}

/** The texts that come with a part; its license's name alone where it brings none. */
function texts({ folder, license, license_file, authors, repository }) {
  const files = new Set(
    readdirSync(folder, { withFileTypes: true })
      .filter((it) => it.isFile() && NOTICE.test(it.name))
      .map(({ name }) => name),
  );
  if (license_file) files.add(license_file);
  if (files.size)
    return [...files].map((name) =>
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
      const license = part.license ?? part.license_file;
      one.parts.add(`${part.name} ${part.version} (${license})`);
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
  const components = parts.map(
    ({ name, version, license, license_file, purl }) => ({
      type: "library",
      name,
      version,
      purl,
      // Older crates say “or” with a slash; a license of its own has a file in place of a name.
      licenses: license
        ? [{ expression: license.replace(/\s*\/\s*/g, " OR ") }]
        : [{ license: { name: license_file } }],
    }),
  );
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
