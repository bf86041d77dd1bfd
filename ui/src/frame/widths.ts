/**
 * While the window changes its width, WebKitGTK knows at once which width conditions of the style sheets hold, and
 * applies them up to a minute later. A style sheet that goes has it apply them.
 */
const SETTLED_MS = 50;
let settling: ReturnType<typeof setTimeout>;

addEventListener("resize", () => {
  clearTimeout(settling);
  settling = setTimeout(() => {
    document.adoptedStyleSheets = [new CSSStyleSheet()];
    requestAnimationFrame(() => (document.adoptedStyleSheets = []));
  }, SETTLED_MS);
});
