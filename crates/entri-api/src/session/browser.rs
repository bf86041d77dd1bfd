//! A session among the cookies that a browser keeps for a server (docs/entri-api.md#sign-in).

use super::cookie::Kind;
use crate::address::BaseUrl;
use crate::percent;
use crate::secret::Secret;

/// The length of a signature, a SHA-256 HMAC in base64 (docs/entri-api.md#cookies).
const SIGNATURE: usize = 44;

/// A cookie that a browser keeps for a page of the server.
#[derive(Clone, Copy)]
pub struct BrowserCookie<'a> {
    /// The name as the browser has it, such as `__Secure-better-auth.session_token`.
    pub name: &'a str,
    /// The value, byte for byte as the browser has it.
    pub value: &'a str,
    /// The host or domain it is for, without a dot in front.
    pub domain: Option<&'a str>,
    /// Whether script in the page can't read it.
    pub http_only: bool,
    /// Whether it is sent over https only.
    pub secure: bool,
}

/// The session cookie and its companions, in the form of a `Cookie` header. `None` without a signed
/// session cookie for the server's own host that script can't read.
#[must_use]
pub fn session_among(base_url: &BaseUrl, cookies: &[BrowserCookie<'_>]) -> Option<Secret> {
    let own = |cookie: &&BrowserCookie<'_>| cookie.is_of_the_server(base_url);
    let own: Vec<_> = cookies.iter().filter(own).collect();
    own.iter().any(|cookie| cookie.is_session()).then(|| {
        let pairs: Vec<_> = own.iter().map(|it| format!("{}={}", it.name, it.value)).collect();
        Secret::new(pairs.join("; "))
    })
}

impl BrowserCookie<'_> {
    /// Whether this is a sign-in cookie that only the server can have set: not script in a page,
    /// not a neighboring host, and not a network that forges http.
    fn is_of_the_server(&self, base_url: &BaseUrl) -> bool {
        let named = Kind::of(self.name).is_some_and(Kind::lasts) && self.name.contains('.');
        let host = base_url.host();
        let host = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |it| it.0);
        let bare = |host: &str| host.trim_matches(['[', ']']).to_ascii_lowercase();
        let of_host = self.domain.is_none_or(|domain| bare(domain) == bare(host));
        let safe = self.secure || !base_url.is_encrypted();
        named && of_host && safe && self.http_only
    }

    /// Whether this is `<prefix>.session_token` with the value `<token>.<signature>`.
    fn is_session(&self) -> bool {
        let value = percent::decode(self.value);
        let signed = value.rsplit_once('.').is_some_and(|(token, signature)| {
            let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
            !token.is_empty() && signature.len() == SIGNATURE && signature.bytes().all(base64)
        });
        signed && self.name.ends_with(".session_token")
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "tok.abcdefghijklmnopqrstuvwxyz0123456789ABCDEF%2B%3D";

    fn cookie(name: &str) -> BrowserCookie<'_> {
        let domain = Some("app.nt3.io");
        BrowserCookie { name, value: SIGNED, domain, http_only: true, secure: true }
    }

    fn among(cookie: BrowserCookie<'_>) -> bool {
        session_among(&BaseUrl::parse("https://app.nt3.io").unwrap(), &[cookie]).is_some()
    }

    #[test]
    fn only_what_the_server_itself_can_have_set_is_a_session() {
        let real = cookie("__Secure-better-auth.session_token");
        assert!(among(real) && among(cookie("entri.session_token")));
        for (why, planted) in [
            ("script can set it", BrowserCookie { http_only: false, ..real }),
            ("a sibling can set it", BrowserCookie { domain: Some("nt3.io"), ..real }),
            ("http can set it", BrowserCookie { secure: false, ..real }),
            ("of something else", BrowserCookie { name: "hubspot_session_token", ..real }),
            ("of something else", BrowserCookie { name: "session_token", ..real }),
            ("empty", BrowserCookie { value: "", ..real }),
            ("unsigned", BrowserCookie { value: "attacker", ..real }),
            ("no signature of theirs", BrowserCookie { value: "attacker.chosen", ..real }),
            ("no token", BrowserCookie { value: &SIGNED[3..], ..real }),
        ] {
            assert!(!among(planted), "{why}");
        }
    }

    #[test]
    fn its_companions_come_along_and_nothing_else() {
        let base_url = BaseUrl::parse("http://127.0.0.1:4000").unwrap();
        let local =
            |name| BrowserCookie { domain: Some("127.0.0.1"), secure: false, ..cookie(name) };
        let cookies = ["b.session_token", "b.trust_device", "b.session_data", "_ga"].map(local);
        let expected = format!("b.session_token={SIGNED}; b.trust_device={SIGNED}");
        assert_eq!(session_among(&base_url, &cookies).unwrap().expose(), expected);
    }
}
