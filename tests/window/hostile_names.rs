//! 500 hostile names in the list, the details panel and the revoke dialog: shown as text, complete
//! or cut, without anything invisible, and with the id beside them.

use entri_sandbox::Config;
use serde_json::json;
use token_desk::text::visible;

use crate::desktop::Theme;
use crate::hostile::{COUNT, names};
use crate::rounds::{Outcome, all_went_well};
use crate::world::World;

/// How many tokens one script checks, which has to end within 30 seconds.
const AT_ONCE: usize = 50;
const LISTEN: &str = "window.reports = [];
    document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) =>
      window.reports.push(`${violatedDirective} ${blockedURI}`));
    window.alert = window.confirm = window.prompt = window.print = () => (window.hacked = 1);";
/// Looks at the tokens from one position on; answers with what is wrong at each.
const LOOK: &str = "
    const [from, count, expected, done] = arguments;
    let wrong;
    const find = (css) => document.querySelector(css);
    const turn = () => new Promise((next) => setTimeout(next, 5));
    async function until(what, holds) {
      for (let turns = 0; turns < 1000; turns += 1) {
        if (holds()) return true;
        await turn();
      }
      wrong.push(`${what}: never`);
      return false;
    }
    /** Whether all of the element is in the window, and nothing covers its beginning. */
    function seen(element) {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      const at = document.elementFromPoint(left + 2, (top + bottom) / 2);
      return width > 40 && height > 8 && left >= 0 && top >= 0 && right <= innerWidth
        && bottom <= innerHeight && element.contains(at);
    }
    /** Its first word: in a row more follows the id. */
    const textOf = (id) => id?.textContent.split(' ')[0];
    async function check(where, position, name, id, key, shown) {
      if (textOf(id) !== key) wrong.push(`${where} ${position}: id ${id.textContent}`);
      // An element that just appeared, or that a closing dialog just uncovered, takes a frame to be
      // hit.
      if (!(await until(`${where} ${position}: the id of ${shown} is seen`, () => seen(id)))) {
        const { left, right, top, bottom } = id.getBoundingClientRect();
        const at = document.elementFromPoint(left + 2, (top + bottom) / 2)?.outerHTML.slice(0, 120);
        wrong.push(`it is at ${left} ${top} ${right} ${bottom}, where ${at} is`);
      }
      if (name.textContent !== shown) wrong.push(`${where} ${position}: ${name.textContent}`);
      if (name.childElementCount > 0) wrong.push(`${where} ${position}: markup`);
    }
    async function look(position) {
      const grid = find('.grid');
      grid.scrollTop = Math.max(0, position - 3) * find('.row').offsetHeight;
      const row = () => find(`[data-position='${position}'][aria-busy=false]`);
      if (!(await until(`row ${position}`, row))) return;
      const [name, id] = row().querySelectorAll('[role=gridcell]:first-child bdi');
      const key = textOf(id);
      const shown = expected[key];
      if (shown === undefined) return wrong.push(`row ${position}: ${key} is nobody's id`);
      delete expected[key];
      await check('list', position, name, id, key, shown);
      row().click();
      const panel = () => find('.details .id bdi');
      if (!(await until(`panel ${position}`, () => textOf(panel()) === key))) return;
      await check('panel', position, find('.details h2 bdi'), panel(), key, shown);
      find('.details footer .danger-outline').click();
      if (!(await until(`dialog ${position}`, () => find('dialog .facts bdi')))) return;
      const title = find('dialog h2 bdi');
      await check('dialog', position, title, find('dialog .facts bdi'), key, `Revoke “${shown}”?`);
      find('dialog footer button').click();
      await until(`dialog ${position} is closed`, () => find('dialog') === null);
    }
    /** Whether any script ran, or was even tried to. */
    function heard() {
      if (window.hacked !== undefined) wrong.push('a script ran');
      wrong.push(...window.reports.splice(0));
      delete window.hacked;
    }
    (async () => {
      const all = [];
      for (let position = from; position < from + count; position += 1) {
        wrong = [];
        await look(position);
        heard();
        all.push(wrong.join('; '));
      }
      done({ all, left: expected });
    })();";

/// Looks at every name: each is a round.
pub async fn rounds() -> Vec<Outcome> {
    let world = World::with(Config { tokens: 0, ..Config::default() }, Theme::Light).await;
    let mut expected = serde_json::Map::new();
    for name in names() {
        let id = world.sandbox.add_token(&name).expect("it is added");
        expected.insert(id, json!(visible(&name)));
    }
    assert_eq!(expected.len(), COUNT);
    let app = &world.app;
    app.eval(LISTEN).await;
    world.connect().await;
    app.says(&format!("{COUNT} tokens")).await;
    let (mut outcomes, mut left) = (Vec::new(), json!(expected));
    for from in (0..COUNT).step_by(AT_ONCE) {
        let looked = app.page.execute_async(LOOK, vec![json!(from), json!(AT_ONCE), left]).await;
        let answer = looked.expect("the page answers").json().clone();
        let wrong: Vec<String> = serde_json::from_value(answer["all"].clone()).expect("texts");
        outcomes.extend(wrong.into_iter().map(|it| if it.is_empty() { Ok(()) } else { Err(it) }));
        left = answer["left"].clone();
    }
    let wrong: Vec<_> = outcomes.iter().filter_map(|it| it.as_ref().err()).take(5).collect();
    assert_eq!(left, json!({}), "each of them was looked at; {wrong:?}");
    // The control: what would have been noticed.
    app.eval("document.body.appendChild(new Image()).src = 'http://127.0.0.1:1/'").await;
    app.until("a report arrives", "return window.reports.length === 1").await;
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_are_only_ever_text() {
    let outcomes = rounds().await;
    assert_eq!(outcomes.len(), COUNT);
    all_went_well(outcomes);
}
