//! Accessibility of what is on screen, judged by axe in the real `WebView`.

use std::path::Path;

use serde_json::Value;

use crate::app::App;

const RUN: &str = "
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations, passes } =
      await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return {
      passes: passes.length,
      violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html, any }) =>
        [html.slice(0, 200), any.map(({ message }) => message)])]),
    };";

/// Asserts that axe finds nothing on the screen.
pub async fn finds_nothing(app: &App, screen: &str) {
    let loaded = app.eval("return typeof axe !== 'undefined'").await;
    if loaded != Value::Bool(true) {
        app.eval(&source()).await;
    }
    let found = app.awaited(RUN).await;
    assert!(found["passes"].as_u64() > Some(5), "{screen}: axe looked at nothing: {found}");
    assert_eq!(found["violations"], Value::Array(Vec::new()), "{screen}");
}

fn source() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let script = std::fs::read_to_string(file).expect("axe is installed; ./x setup installs it");
    // A script of WebDriver is the body of a function; axe wants to be seen by the next one.
    format!("{script}; window.axe = axe;")
}
