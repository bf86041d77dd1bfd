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

export default defineConfig({
  plugins: [svelte(), svelteTesting(), styleBeforeScript()],
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
