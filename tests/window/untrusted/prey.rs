//! An app that hostile script runs in, and the files and servers around it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::canary::made;
use crate::navigation::Port;
use crate::words::page;
use crate::world::World;

/// The files and servers that are to stay as they are.
pub struct Prey {
    pub world: World,
    pub forbidden: Port,
    pub plan: u32,
}

/// A token that was delivered to a file and is being rotated: the value of the new one, `fresh`, waits.
async fn rotating(world: &World) {
    let app = &world.app;
    made(world, "stale").await;
    app.press(page("deliver/deliveryText.ways.file")).await;
    app.fill("#deliver-text", "~/token").await;
    app.press("Save").await;
    world.desktop.say_yes("Save this file", "Save");
    app.says("Delivered to file ~/token").await;
    app.press("Done").await;
    app.on_row("stale").await;
    app.press_key("r").await;
    app.fill("#rotate-name", "fresh").await;
    app.press(page("rotation/rotateText.submit")).await;
    app.says("0 of 1 place has it.").await;
}

impl Prey {
    pub async fn set_up() -> Self {
        let world = World::connected().await;
        let home = world.desktop.home();
        rotating(&world).await;
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
            "seq": 1, "top": 0, "len": 10, "anchor": null, "findings": false});
        let said =
            prey.call("tokens_select_all", json!({"request": query, "selected": true})).await;
        assert!(said.is_object() && said["code"].is_null(), "{said}");
        let plan = prey.call("bulk_revokes_plan", json!({"of": null})).await;
        let plan = plan["id"].as_u64().and_then(|id| u32::try_from(id).ok()).expect("a plan");
        prey.use_up_presses().await;
        Self { plan, ..prey }
    }

    /// What was pressed so far counts for nothing from here on.
    pub async fn use_up_presses(&self) {
        let Self { world: World { app, .. }, .. } = self;
        let counts = "if (window.pressed === undefined) {
                addEventListener('keydown', () => (window.pressed += 1), { capture: true });
            }
            window.pressed = 0";
        app.eval(counts).await;
        app.touch();
        // One that comes later would be left for what is tried next.
        app.until("both keys have arrived", "return window.pressed >= 2").await;
        let nowhere = json!({"connection": 1, "path": "/nowhere"});
        let said = self.call("audit_load_policy", nowhere).await;
        assert_eq!(said["code"], "invalid", "{said}");
    }

    /// What a command answers, or why it fails.
    pub async fn call(&self, command: &str, arguments: Value) -> Value {
        self.begin(command, &arguments).await;
        self.ended().await
    }

    pub async fn begin(&self, command: &str, arguments: &Value) {
        let script = format!(
            "window.ended = null;
             const keep = (it) => (window.ended = [it ?? null]);
             window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(keep, keep)"
        );
        self.world.app.eval(&script).await;
    }

    pub async fn ended(&self) -> Value {
        self.world.app.until("the command ends", "return window.ended !== null").await;
        self.world.app.eval("return window.ended[0]").await
    }

    /// A revoke as the page would send it, with all that its plan says.
    pub async fn revoke(&self, name: &str) -> Value {
        let key = json!({"connection": 1, "id": self.world.id_of(name)});
        let plan = self.call("tokens_preview_revoke", json!({"key": key})).await;
        json!({"request": {"key": key, "seen": plan["seen"], "typed": name, "held": false}})
    }

    pub fn holds(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.world.desktop.home().join(file)).ok()
    }
}
