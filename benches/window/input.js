// One kind of input, so many times, in the app or in the floor; the words and the terms are what a search is for.
// Answers with two times in ms for each, both from the moment the event is dispatched:
//
// - dom: until the answer is in the document. A MutationObserver sees it, in the microtask right
//   after the change. A scroll is heard by the page when the next frame is made, so its time begins
//   with the scroll event.
// - frame: until a message posted in the next animation frame arrives. Layout and painting of that
//   frame lie between the two. A scroll's time begins when the scroller is moved.
//
// The clock ticks in whole milliseconds here, so single samples are coarse and only many are exact.
const [kind, samples, words, terms, answer] = arguments;
const grid = document.querySelector(".grid");
const input = document.querySelector(".search input");
const limit = document.querySelector("#limit");
const [ROW, HEAD, WHEEL] = [44, 32, 120];

function* typed(text, from = 1) {
  for (let length = from; length <= text.length; length += 1) {
    yield () => {
      input.value = text.slice(0, length);
      input.dispatchEvent(new InputEvent("input", { bubbles: true, data: text[length - 1] }));
    };
  }
}

const inputs = {
  *search() {
    for (const word of words) yield* typed(word);
  },

  /** What the last of them asks for, letter by letter; its key alone would find nothing. */
  *terms() {
    yield* typed(terms, terms.lastIndexOf(":") + 2);
  },

  *sort() {
    // Each column both ways.
    for (const column of document.querySelectorAll(".grid-head button:not(.all)")) {
      yield () => column.click();
      yield () => column.click();
    }
  },

  *cardFilter() {
    const [all, ...others] = document.querySelectorAll(".summary button");
    for (const card of [...others, all]) yield () => card.click();
  },

  *scroll() {
    yield () => (grid.scrollTop += WHEEL);
  },

  /** The limit of the what-if curve, a day at a time. */
  *drag() {
    for (let days = 1; days <= 365; days += 1) {
      yield () => {
        limit.value = days;
        limit.dispatchEvent(new InputEvent("input", { bubbles: true }));
      };
    }
  },
};

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function answered() {
  const before = grid.dataset.seq;
  return changed(() => grid.dataset.seq !== before);
}

/** The first and the last row in view hold tokens. */
function scrolled() {
  const rowAt = (offset) => {
    const row = grid.querySelector(`[data-position="${Math.floor(offset / ROW)}"]`);
    return row !== null && row.getAttribute("aria-busy") === "false";
  };
  const bottom = () => grid.scrollTop + grid.clientHeight - HEAD - 1;
  return changed(() => rowAt(grid.scrollTop) && rowAt(bottom()));
}

const waits = {
  search: answered,
  terms: answered,
  sort: answered,
  cardFilter: answered,
  scroll: scrolled,
  drag: () => changed(() => true, document.querySelector(".curve")),
};

function changed(holds, within = grid) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer to ${kind}`)), 5000);
    const observer = new MutationObserver(() => {
      if (!holds()) return;
      clearTimeout(late);
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(within, { attributes: true, subtree: true });
  });
}

function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        resolve(performance.now());
        // Open ones add up, and every later frame takes longer for each of them.
        port1.close();
      };
      port2.postMessage(null);
    });
  });
}

async function sample(act) {
  let heard = null;
  if (kind === "scroll") {
    const hear = () => (heard = performance.now());
    grid.addEventListener("scroll", hear, { capture: true, once: true });
  }
  const committed = waits[kind]();
  const start = performance.now();
  act();
  const dom = (await committed) - (heard ?? start);
  return { dom, frame: (await painted()) - start };
}

async function run() {
  const times = { dom: [], frame: [] };
  while (times.dom.length < samples) {
    for (const act of inputs[kind]()) {
      // People are slower than the page; and no fixed rhythm, so that inputs meet every phase
      // between two frames.
      await pause(30 + ((times.dom.length * 7) % 17));
      const { dom, frame } = await sample(act);
      times.dom.push(dom);
      times.frame.push(frame);
    }
  }
  return times;
}

run().then(answer, (error) => answer(String(error)));
