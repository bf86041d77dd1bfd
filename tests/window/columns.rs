//! The columns of the list, by the mouse and by the keyboard.

use crate::app::App;
use crate::hand::Hand;
use crate::world::World;

/// A column's head by what it is called.
fn head(name: &str) -> String {
    format!("[role=columnheader][aria-label='{name}']")
}

/// What the rows say in a column, from the one that is highest on the screen down.
async fn said(app: &App, column: &str) -> Vec<String> {
    let script = format!(
        "const heads = [...document.querySelectorAll('[role=columnheader]')];
         const at = heads.findIndex((it) => it.ariaLabel === '{column}');
         const high = (row) => row.getBoundingClientRect().top;
         return [...document.querySelectorAll('.row:not([hidden])')]
             .sort((a, b) => high(a) - high(b)).map((row) => row.children[at].innerText)"
    );
    serde_json::from_value(app.eval(&script).await).expect("a text for each row")
}

async fn sorted_by(app: &App, name: &str, order: &str) {
    let script =
        format!("return document.querySelector(\"{}\").ariaSort === '{order}'", head(name));
    app.until(&format!("it is sorted by {name}"), &script).await;
    app.stands_still().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_the_project_or_the_creator_sorts_by_it_and_the_key_goes_on_from_there() {
    let world = World::connected().await;
    let (app, hand) = (&world.app, Hand::on(&world).await);
    app.resize(1600, 900).await;
    for name in ["Project", "Created by"] {
        app.find(&head(name)).await;
        app.stands_still().await;
        hand.click(&format!("{} button", head(name))).await;
        sorted_by(app, name, "ascending").await;
        let rows = said(app, name).await;
        assert!(rows.is_sorted(), "{name}: {rows:?}");
        assert!(rows.first() != rows.last(), "{name}: {rows:?} is nothing to sort");
        hand.click(&format!("{} button", head(name))).await;
        sorted_by(app, name, "descending").await;
        assert!(said(app, name).await.is_sorted_by(|a, b| a >= b), "{name} turned round");
    }
    hand.key("s").await;
    sorted_by(app, "Usage", "ascending").await;
}
