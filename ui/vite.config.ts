import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * The stylesheet must block the script: a script that measures before the styles are there takes
 * the whole list for the viewport.
 */
function styleBeforeScript(): Plugin {
  return {
    name: "style-before-script",
    enforce: "post",
    transformIndexHtml(html) {
      const script = /\s*<script type="module"[^>]*><\/script>/;
      const found = script.exec(html)?.[0];
      if (found === undefined) return html;
      return html.replace(found, "").replace("</body>", `${found}\n  </body>`);
    },
  };
}

/**
 * The generated bindings have a function for each command, which is a kilobyte that the window waits for at its start.
 * Here they become a table with the names of the arguments: the shell's name of a command follows from the page's.
 */
function commandTable(): Plugin {
  const command =
    /^\t(\w+): \(.*?\) => typedError<.*>\(__TAURI_INVOKE\("(\w+)"(?:, \{ ([\w, ]+) \})?\)\),$/gm;
  const snake = `(name) => name.replace(/[A-Z]/g, (letter) => "_" + letter.toLowerCase())`;
  const table = `const fromTable = (table) =>
  Object.fromEntries(
    Object.entries(table).map(([name, names]) => [
      name,
      (...given) =>
        typedError(
          __TAURI_INVOKE(
            (${snake})(name),
            names === ""
              ? undefined
              : Object.fromEntries(names.split(", ").map((it, at) => [it, given[at]])),
          ),
        ),
    ]),
  );`;
  return {
    name: "command-table",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/ipc/bindings.ts")) return;
      const begin = code.indexOf("{", code.indexOf("export const commands"));
      const end = code.indexOf("\n};", begin);
      const short = code
        .slice(begin, end)
        .replace(
          command,
          (_, name: string, __, names = "") => `${name}: ${JSON.stringify(names)},`,
        );
      if (short.includes("=>")) this.error("the bindings look otherwise");
      return `${table}${code.slice(0, begin)}fromTable(${short}\n});${code.slice(end + 3)}`;
    },
  };
}

export default defineConfig({
  plugins: [commandTable(), svelte(), svelteTesting(), styleBeforeScript()],
  build: {
    target: "esnext",
    cssTarget: ["safari26"],
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { port: 5173, strictPort: true },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
  },
});
