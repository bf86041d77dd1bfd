//! A value was found where it shouldn't be: whose it is, the revoke, the proof, and what the journal keeps.

mod chosen;
pub mod naming;
mod own_uses;
mod record;
mod replaced;
mod settled;
mod whole;
mod window;

use token_desk::{Deed, Desk, IncidentId, IncidentNow, Persistence, Secret, SecretHandle};

use crate::support::{Bench, FIRST, named, now, request, secret};

/// A token whose value is found: its id and the value. The app no longer holds it.
pub async fn leaked(bench: &Bench, name: &str) -> (String, Secret) {
    let created = bench.desk.create(named(name), now()).await.unwrap();
    let value = value_of(&bench.desk, created.handle);
    bench.desk.close_secret(created.handle, true, now()).await.unwrap();
    (created.key.unwrap().id.0, value)
}

fn value_of(desk: &Desk, handle: SecretHandle) -> Secret {
    desk.reveal_secret(handle).unwrap()
}

/// A desk on the sandbox that comes with the app, loaded.
pub async fn embedded() -> Bench {
    let bench = Bench::new().await;
    let ready = bench.sandbox.ready();
    let request = request(&ready.base_url, &ready.admin_token, None);
    bench.desk.connect(request, Persistence::Sandbox, now()).await.unwrap();
    bench.desk.sync(FIRST, now()).await;
    bench
}

/// Says that this was found, in some text.
pub async fn found(desk: &Desk, value: &Secret) -> IncidentId {
    let text = secret(&format!("export NT3_API_TOKEN='{}'; ./deploy", value.expose()));
    let [id] = desk.found(text, now()).await.unwrap()[..] else { panic!("one value") };
    id
}

pub async fn incident(desk: &Desk, id: IncidentId) -> IncidentNow {
    let all = desk.incidents().await.unwrap();
    all.into_iter().find(|it| it.incident.id == id).unwrap()
}

/// What was done, in order.
pub fn deeds(of: &IncidentNow) -> Vec<Deed> {
    of.incident.steps.iter().map(|step| step.what).collect()
}
