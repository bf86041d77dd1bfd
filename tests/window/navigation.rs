//! The window shows the app's own page and nothing else, whatever a script in it tries, and the page
//! reaches no server.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use crate::desktop::until;
use crate::world::World;

/// Each asks for an address that ends in its name, `to`.
const ATTEMPTS: [(&str, &str); 28] = [
    ("location", "location = to"),
    ("assign", "location.assign(to)"),
    ("replace", "location.replace(to)"),
    ("open", "open(to)"),
    ("open-self", "open(to, '_self')"),
    ("open-top", "open(to, '_top')"),
    ("link", "add('a', { href: to }).click()"),
    ("link-blank", "add('a', { href: to, target: '_blank' }).click()"),
    ("download", "add('a', { href: to, download: 'x' }).click()"),
    ("ping", "add('a', { href: '#', ping: to }).click()"),
    ("form", "add('form', { action: to }).submit()"),
    ("form-post", "add('form', { action: to, method: 'post' }).submit()"),
    ("form-blank", "add('form', { action: to, target: '_blank' }).submit()"),
    ("frame", "add('iframe', { src: to })"),
    ("frame-text", "add('iframe', { srcdoc: `<script>location='${to}'</script>` })"),
    ("object", "add('object', { data: to })"),
    ("embed", "add('embed', { src: to })"),
    ("refresh", "add('meta', { httpEquiv: 'refresh', content: `0; url=${to}` })"),
    ("base", "add('base', { href: to }); add('img', { src: 'relative' })"),
    ("image", "add('img', { src: to })"),
    ("script", "add('script', { src: to })"),
    ("style", "add('link', { rel: 'stylesheet', href: to })"),
    ("prefetch", "add('link', { rel: 'prefetch', href: to })"),
    ("preconnect", "add('link', { rel: 'preconnect', href: to })"),
    ("name", "add('link', { rel: 'dns-prefetch', href: to })"),
    ("fetch", "fetch(to, { mode: 'no-cors' }).catch(() => {})"),
    ("beacon", "navigator.sendBeacon(to, 'x')"),
    ("socket", "new WebSocket(to.replace('http', 'ws'))"),
];
const ADD: &str = "const add = (tag, of) =>
    document.body.appendChild(Object.assign(document.createElement(tag), of));";

/// A port that counts connections, even those without a request.
pub struct Port {
    pub address: String,
    connections: Arc<AtomicUsize>,
}

impl Port {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let connections: Arc<AtomicUsize> = Arc::default();
        let counted = Arc::clone(&connections);
        thread::spawn(move || {
            for _ in listener.incoming() {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { address, connections }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_cannot_leave_nor_reach_a_server() {
    let world = World::connected().await;
    let (app, forbidden, allowed) = (&world.app, Port::open(), Port::open());
    let place = "return location.href.split('#')[0]";
    let here = app.eval(place).await;
    let listen = "window.reports = 0;
        document.addEventListener('securitypolicyviolation', () => (window.reports += 1))";
    app.eval(listen).await;
    for (name, attempt) in ATTEMPTS {
        let to = json!(format!("{}/{name}", forbidden.address));
        app.eval(&format!("const to = {to}; {ADD} try {{ {attempt} }} catch {{}}")).await;
        assert_eq!(app.eval(place).await, here, "{name}");
    }
    app.until("the policy was in the way", "return window.reports > 5").await;

    // The control: from the window that may, the same engine connects. It did the above first.
    let sign_in = format!(
        "window.__TAURI_INTERNALS__.invoke('connections_sign_in_in_window', {})",
        json!({"address": allowed.address, "organizationId": null})
    );
    app.eval(&sign_in).await;
    world.desktop.say_yes("Connect to this server", "Connect");
    until("the control connects", || allowed.connections() > 0);
    assert_eq!(forbidden.connections(), 0);
}
