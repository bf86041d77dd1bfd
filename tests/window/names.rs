//! Names written by somebody else: shown as text, with the id beside them, whatever they contain.

use entri_sandbox::Config;

use crate::desktop::Theme;
use crate::world::World;

const HOSTILE: [&str; 9] = [
    "<img src=x onerror=\"window.hacked=true\">",
    "<script>window.hacked=true</script>",
    "\"><svg/onload=window.hacked=true>",
    "{{constructor.constructor('window.hacked=true')()}}",
    "javascript:window.hacked=true",
    "safe\u{202E}gnp.exe",
    "a\u{200B}dmin\u{0007}",
    "=HYPERLINK(\"http://127.0.0.1/\")",
    "متر طويل جدا שלום",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_name_is_only_ever_text() {
    let world = World::with(Config { tokens: 1, ..Config::default() }, Theme::Light).await;
    let long = "w".repeat(5_000);
    let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    for name in &names {
        world.sandbox.add_token(name).expect("it is added");
    }
    let reports = "window.reports = 0;
        document.addEventListener('securitypolicyviolation', () => (window.reports += 1))";
    world.app.eval(reports).await;
    world.connect().await;
    world.app.says("11 tokens").await;
    world.app.says("safe⟨U+202E⟩gnp.exe").await;
    world.app.says("a⟨U+200B⟩dmin⟨U+0007⟩").await;
    for position in 0..=names.len() {
        world
            .app
            .eval(&format!("document.querySelector('[data-position=\"{position}\"]').click()"))
            .await;
        let opened = format!(
            "const row = document.querySelector('[data-position=\"{position}\"] [role=gridcell]');
             const id = row?.lastElementChild.innerText.split(' ')[0];
             const panel = document.querySelector('.details .id bdi');
             const box = row?.lastElementChild.getBoundingClientRect();
             return panel?.innerText === id && box.width > 40 && box.right <= innerWidth"
        );
        world.app.until(&format!("row {position} shows its id, the panel too"), &opened).await;
    }
    assert_eq!(world.app.eval("return window.hacked === undefined").await, true);
    assert_eq!(world.app.eval("return window.reports").await, 0);
    assert_eq!(
        world.app.eval("return document.querySelectorAll('main img, main script').length").await,
        0
    );
}
