//! A server's address, as a person types it.

use entri_api::BaseUrl;
use url::Url;

const THIS_COMPUTER: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

/// An accepted address is https, or http to this computer alone; it holds nobody's name, reads as
/// itself, and says the same to whoever reads it.
///
/// # Panics
/// Where that does not hold.
pub fn address(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let Ok(base) = BaseUrl::parse(&typed) else { return };
    assert!(!typed.contains(['?', '#', '\\']), "a part of {typed} is dropped");
    let text = base.to_string();
    assert_eq!(BaseUrl::parse(&text).as_ref(), Ok(&base), "it reads as itself");
    assert!(text.chars().all(|c| c.is_ascii_graphic() && c != '\\'), "{text:?}");
    let (scheme, rest) = text.split_once("://").expect("a scheme");
    let authority = rest.split('/').next().unwrap_or_default();
    assert_eq!(authority, base.host(), "what is shown is where it goes");
    assert!(!authority.contains('@'), "{text}");
    match scheme {
        "https" => {}
        "http" => assert!(THIS_COMPUTER.contains(&host(authority)), "{text}"),
        _ => panic!("{text}"),
    }
    goes_there(&base, host(authority));
}

/// The HTTP client's request for the address with one of the API's paths goes to its host.
fn goes_there(base: &BaseUrl, host: &str) {
    let url = Url::parse(&format!("{base}/api/projects")).expect("an address");
    assert_eq!(url.host_str(), Some(host), "{base}");
    assert!(url.username().is_empty() && url.password().is_none(), "{base}");
    assert!(url.path().ends_with("/api/projects") && url.query().is_none(), "{base}");
    assert_eq!(url.as_str(), format!("{base}/api/projects"), "it is sent as it is shown");
}

/// The authority without its port.
fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}
