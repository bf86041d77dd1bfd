//! A desktop whose user has used the app before: the credential is in the keychain, the last-known
//! list on the disk.

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use crate::memory;
use crate::report::say;
use crate::server::Server;

pub struct Home {
    pub desktop: Desktop,
    pub server: Server,
    tokens: u32,
}

impl Home {
    /// Connects once to an organization of this many tokens, through the connect screen.
    pub async fn furnish(tokens: u32) -> Self {
        say(&format!("connecting to {tokens} tokens"));
        let home = Self {
            desktop: Desktop::with_theme(Theme::Light),
            server: Server::start(tokens),
            tokens,
        };
        let app = App::open(&home.desktop, &["--url", &home.server.address]).await;
        app.press("Enter the API token…").await;
        home.desktop.enter("Enter the API token", &home.server.key);
        home.wait_for_list(&app).await;
        app.close().await;
        home
    }

    /// The app, with its list loaded again and nothing left to do.
    pub async fn open(&self) -> App {
        let app = App::open(&self.desktop, &[]).await;
        self.wait_for_list(&app).await;
        app
    }

    async fn wait_for_list(&self, app: &App) {
        app.find(".grid").await;
        memory::settled(std::process::id());
        let count = "return document.querySelector('.summary strong').textContent";
        let shown = app.eval(count).await.to_string().replace(|it: char| !it.is_ascii_digit(), "");
        assert_eq!(shown, self.tokens.to_string(), "the list is not whole");
    }
}
