//! The connection of a token, if several are shown: in each row, and on the first line of every
//! panel or dialog about a token.

use entri_sandbox::Config;

use crate::app::App;
use crate::connections::another;
use crate::desktop::Theme;
use crate::hand::Hand;
use crate::shown::{Shown, in_both_themes};
use crate::words::page;
use crate::world::World;

const FIRST_LINES: &str =
    "[...document.querySelector(where)?.querySelector('.whose')?.children ?? []]
    .map((line) => line.querySelector('bdi').innerText)";
/// The tile of each row is seen where it should be.
const TILES: &str = "return [...document.querySelectorAll('.row:not([hidden])')].every((row) => {
    const { left, top, width, height } = row.querySelector('.tile').getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const { top: upper, bottom: lower } = row.parentElement.parentElement.getBoundingClientRect();
    return y < upper + 32 || y > lower || document.elementFromPoint(x, y)?.closest('.tile');
})";

/// Waits until a dialog, or the panel, begins with these connections.
async fn begins_with(app: &App, css: &str, lines: &[String]) {
    let script = format!(
        "const where = '{css}'; return JSON.stringify({FIRST_LINES}) === JSON.stringify({})",
        serde_json::json!(lines)
    );
    app.until(&format!("{css} begins with {lines:?}"), &script).await;
}

in_both_themes!(of_several);

async fn of_several(theme: Theme) {
    let world = World::with(Config::default(), theme).await;
    world.connect().await;
    let app = &world.app;
    let second = another(&world, 20).await;
    let hand = Hand::on(&world).await;
    hand.key("ctrl+9").await;
    app.says("68 tokens · ").await;
    app.synced().await;
    let screen = Shown { world: &world, theme };
    for (width, height) in [(1024, 700), (2560, 1440), (1280, 800)] {
        app.resize(width, height).await;
        app.until("each row has its tile", TILES).await;
        screen.as_picture(&format!("whose-rows-{width}")).await;
    }
    let hosts = [&world.sandbox, &second].map(|it| it.ready().base_url.replace("http://", ""));
    let lines = hosts.clone().map(|host| format!("Nordlys Apps · Production · {host}"));
    for (host, line) in hosts.iter().zip(&lines) {
        each_begins_with(app, &hand, host, line, async |key| {
            if *line == lines[1] {
                screen.as_picture(&format!("whose-{key}")).await;
            }
        })
        .await;
    }
    hand.key("ctrl+a").await;
    app.says("68 selected").await;
    hand.key("d").await;
    begins_with(app, "dialog", &lines).await;
    app.press(page("m.cancel")).await;
    app.gone("dialog").await;
    hand.key("Delete").await;
    begins_with(app, "dialog", &lines).await;
    screen.as_picture("whose-plan").await;
}

/// Opens the panel and the dialogs about a token of this server: each begins with its line.
async fn each_begins_with(
    app: &App,
    hand: &Hand<'_>,
    host: &str,
    line: &String,
    look: impl AsyncFn(&str),
) {
    let label = format!("Nordlys Apps · {host}");
    let position = format!(
        "return [...document.querySelectorAll('.row')].filter((row) => row.dataset.position < 9)
            .find((row) => row.innerText.includes('{label}')).dataset.position"
    );
    app.says(&label).await;
    let position = app.eval(&position).await;
    hand.click(&format!(".row[data-position={position}]")).await;
    begins_with(app, ".details", std::slice::from_ref(line)).await;
    for (key, dialog) in [("Delete", "Revoke"), ("d", "Keep "), ("n", "note")] {
        hand.key(key).await;
        app.says(dialog).await;
        begins_with(app, "dialog", std::slice::from_ref(line)).await;
        look(&key.to_lowercase()).await;
        app.press(page("m.cancel")).await;
        app.gone("dialog").await;
    }
}
