// The document as it looks now, with its styles and without its scripts: as XML, since no HTML parser takes rows of a
// table that no table is around.
const copy = document.documentElement.cloneNode(true);
for (const gone of copy.querySelectorAll("script, link[rel=stylesheet], style")) gone.remove();
const style = document.createElement("style");
style.textContent = [...document.styleSheets]
  .flatMap((sheet) => [...sheet.cssRules])
  .map((rule) => rule.cssText)
  .join("\n");
copy.querySelector("head").append(style);
return new XMLSerializer().serializeToString(copy);
