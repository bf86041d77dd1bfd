// The least that an answer to an input costs: in the event itself, the rows on screen are swapped for others that
// were made before, without Rust or Svelte. It tells `input.js` of an answer as the app does.
const grid = document.querySelector(".grid");
const range = document.querySelector("#limit");
const HEIGHT = 44;

if (range === null) {
  const rows = grid.querySelector(".rows");
  let shown = [...rows.children];
  let prepared = shown.map((_, at) => shown[shown.length - 1 - at].cloneNode(true));
  let answers = 0;

  const put = (row, position) => {
    row.dataset.position = position;
    row.style.transform = `translateY(${position * HEIGHT}px)`;
  };
  const swap = () => {
    prepared.forEach((row, at) => put(row, shown[at].dataset.position));
    [shown, prepared] = [prepared, shown];
    rows.replaceChildren(...shown);
    grid.dataset.seq = answers += 1;
  };
  const scroll = () => {
    const first = Math.floor(grid.scrollTop / HEIGHT);
    const count = shown.length;
    for (let at = 0; at < count; at += 1) {
      const position = first + ((((at - first) % count) + count) % count);
      if (Number(shown[at].dataset.position) === position) continue;
      shown[at].replaceWith(prepared[at]);
      put(prepared[at], position);
      [shown[at], prepared[at]] = [prepared[at], shown[at]];
    }
  };
  document.querySelector(".search").addEventListener("input", swap);
  for (const part of [".summary", ".grid-head"]) document.querySelector(part).addEventListener("click", swap);
  grid.addEventListener("scroll", scroll);
} else {
  const limit = document.querySelector(".curve line");
  const said = document.querySelector(".curve output");
  range.addEventListener("input", () => {
    said.textContent = `${range.value} days`;
    said.style.insetInlineStart = `${range.value / 3.65}%`;
    for (const end of ["x1", "x2"]) limit.setAttribute(end, range.value - 1);
  });
}

async function measure(kinds, ...what) {
  for (const kind of kinds) {
    const times = await new Promise((done) => sample(kind, ...what, done));
    window.webkit.messageHandlers.say.postMessage(`measured ${kind} ${JSON.stringify(times)}`);
  }
}
