//! What a test starts from: a server, a desktop, and the app on it.

use entri_sandbox::{Config, Sandbox};
use reqwest::StatusCode;
use thirtyfour::Key;

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use crate::processes::{OF_THE_APP, Process, of_the_app};
use crate::words::page;

pub struct World {
    pub sandbox: Sandbox,
    pub desktop: Desktop,
    pub app: App,
}

/// Enters an API token for an app outside a [`World`].
pub async fn enter_token(app: &App, desktop: &Desktop, token: &str) {
    app.press(page("sign-in/signInText.submit.apiToken")).await;
    desktop.enter("Enter the API token", token);
}

impl World {
    /// The connect screen, with the address of a server that has the usual 48 tokens.
    pub async fn unconnected() -> Self {
        Self::with(Config::default(), Theme::Light).await
    }

    pub async fn with(config: Config, theme: Theme) -> Self {
        let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
        let desktop = Desktop::with_theme(theme);
        let app = App::open(&desktop, &["--url", &sandbox.ready().base_url]).await;
        Self { sandbox, desktop, app }
    }

    /// The list of the usual 48 tokens.
    pub async fn connected() -> Self {
        let world = Self::unconnected().await;
        world.connect().await;
        world
    }

    /// Connects through the connect screen and waits for the whole list.
    pub async fn connect(&self) {
        self.app.fill("#connect-address", &self.sandbox.ready().base_url).await;
        self.enter_token(&self.sandbox.ready().admin_token).await;
        self.app.synced().await;
    }

    /// Enters an API token in the window that asks for it.
    pub async fn enter_token(&self, token: &str) {
        enter_token(&self.app, &self.desktop, token).await;
    }

    /// Enters a password in the window that asks for it.
    pub async fn enter_password(&self, password: &str) {
        self.app.press(page("sign-in/signInText.submit.password")).await;
        self.desktop.enter("Enter the password", password);
    }

    /// Opens the sign-in page of a server that the app was not connected to before.
    pub async fn open_sign_in_page(&self) {
        self.app.press(page("sign-in/signInText.submit.window")).await;
        self.desktop.say_yes("Connect to this server", "Connect");
    }

    /// Closes the app and opens it again in the same home folder.
    pub async fn restart(self) -> Self {
        let Self { sandbox, desktop, app } = self;
        app.close().await;
        let app = App::open(&desktop, &[]).await;
        Self { sandbox, desktop, app }
    }

    /// Plans to revoke the six stale tokens of the usual 48.
    pub async fn plan_stale(&self) {
        self.app.press_card("Stale").await;
        self.app.says("6 of 48").await;
        self.plan_listed().await;
    }

    /// Plans to revoke every token that is listed, by the keyboard.
    pub async fn plan_listed(&self) {
        self.app.walk_to_list().await;
        self.app.press_key(Key::Control + "a").await;
        self.app.press(page("list/selectionText.plan")).await;
    }

    /// Revokes the planned tokens. The plan must need only a yes, no typed number.
    pub async fn revoke_planned(&self, count: &str) {
        let act = format!("Revoke {count} tokens");
        self.app.press(&act).await;
        self.desktop.say_yes(&act, "Revoke");
    }

    /// The processes the app consists of: the network's, the page's and its own.
    pub fn processes(&self) -> [Process; OF_THE_APP.len()] {
        let found = of_the_app(self.app.root());
        found.try_into().unwrap_or_else(|found| panic!("one process of each name: {found:?}"))
    }

    /// What the server answers to a key.
    pub async fn answer_to(&self, key: &str) -> StatusCode {
        let url = format!("{}/api/organizations/current", self.sandbox.ready().base_url);
        let sent = reqwest::Client::new().get(url).header("X-API-Key", key).send().await;
        sent.expect("the sandbox answers").status()
    }

    /// The names of the tokens the server still takes.
    pub fn alive(&self) -> Vec<String> {
        let tokens = self.sandbox.truth().expect("the sandbox tells");
        tokens.into_iter().filter(|token| !token.revoked).map(|token| token.name).collect()
    }

    /// The id of the token with this name.
    pub fn id_of(&self, name: &str) -> String {
        let tokens = self.sandbox.truth().expect("the sandbox tells");
        tokens.into_iter().find(|token| token.name == name).expect("it is there").id
    }

    /// How many requests of this method came in.
    pub fn requests(&self, method: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.method == method).count()
    }
}
