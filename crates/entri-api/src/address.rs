//! Which addresses a credential may be sent to.

use std::fmt;

use url::{Host, Url};

use crate::value::holds_value;

/// A server's base URL: scheme, host, port, and a path where the server lives under one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    host: String,
    encrypted: bool,
}

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("Enter the server’s address, such as https://app.nt3.io.")]
    Empty,
    /// It holds what looks like the value of a token. It is not looked up: the name would leave.
    #[error(
        "This looks like a token value, not an address. Nothing was sent or saved, so the token is as safe as before. Enter the server’s address, such as https://app.nt3.io."
    )]
    HoldsValue,
    /// It is not an address.
    #[error("This isn’t an address. Enter a URL like https://app.nt3.io.")]
    Malformed,
    /// It names another protocol.
    #[error("The address must start with https://, not {0}://.")]
    Scheme(String),
    /// Unencrypted to somewhere else.
    #[error(
        "http:// would send the API token unencrypted to {0}. Use https://; \
         http:// is only for 127.0.0.1, [::1] and localhost."
    )]
    Unencrypted(String),
    /// It holds a user name or a password.
    #[error("Remove the user name and password from the address.")]
    UserInfo,
    /// It holds a query or a fragment.
    #[error("Remove everything after “?” or “#”.")]
    Extra,
}

impl BaseUrl {
    /// Entri's cloud (docs/entri-api.md#hosts).
    pub const DEFAULT: &'static str = "https://app.nt3.io";

    /// Reads an address as a person types it: spaces around it, a trailing `/`, and a trailing
    /// `/api` or `/api/v1` are dropped (docs/entri-api.md#hosts). Without a scheme it is taken as https.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if holds_value(text) {
            return Err(AddressError::HoldsValue);
        }
        let url = parse_url(text)?;
        let host = url.host().ok_or(AddressError::Malformed)?;
        // The parser drops an empty user name: what was typed decides.
        if !url.username().is_empty() || url.password().is_some() || authority(text).contains('@') {
            return Err(AddressError::UserInfo);
        }
        match url.scheme() {
            "https" => {}
            // The typed text must be the loopback address itself, because the parser also turns 2130706433
            // and
            // 0x7f.1 into it.
            "http" if is_loopback(&host) && typed_host(text) == host.to_string() => {}
            "http" => return Err(AddressError::Unencrypted(host.to_string())),
            other => return Err(AddressError::Scheme(other.to_owned())),
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Extra);
        }
        let name = host.to_string();
        // The dot of a fully qualified name: the same host, which must not become another origin.
        let name = name.strip_suffix('.').unwrap_or(&name);
        if name.is_empty() || name.ends_with('.') {
            return Err(AddressError::Malformed);
        }
        let shown = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        let text = format!("{}://{shown}{}", url.scheme(), own_path(url.path()));
        // The parser drops tabs and line breaks, so parts they separated may now be joined.
        if holds_value(&text) {
            return Err(AddressError::HoldsValue);
        }
        Ok(Self { text, host: shown, encrypted: url.scheme() == "https" })
    }

    /// The address in its normal form, without a trailing `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host as ASCII (so that look-alike letters show), with its port if it is unusual.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Scheme, host and unusual port: what an `Origin` header says (docs/entri-api.md#sign-in).
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.encrypted { "https" } else { "http" }, self.host)
    }

    /// The path the server lives under: empty, or beginning with a `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.text.split_once("://").map_or("", |(_, rest)| rest);
        &rest[self.host.len()..]
    }

    /// Whether it is one of the hosts of Entri's cloud (docs/entri-api.md#hosts).
    pub(crate) fn is_cloud(&self) -> bool {
        matches!(&*self.host, "app.nt3.io" | "api.nt3.io")
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.encrypted
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => *address == std::net::Ipv4Addr::LOCALHOST,
        Host::Ipv6(address) => *address == std::net::Ipv6Addr::LOCALHOST,
    }
}

fn parse_url(text: &str) -> Result<Url, AddressError> {
    match text.split_once("://") {
        _ if text.is_empty() => Err(AddressError::Empty),
        // The parser takes a backslash for a slash; other programs do not.
        _ if text.contains('\\') => Err(AddressError::Malformed),
        Some(_) => Url::parse(text).map_err(|_| AddressError::Malformed),
        // A scheme with a slash missing must not pass for the name of a host.
        None if text.contains(":/") => Err(AddressError::Malformed),
        None => Url::parse(&format!("https://{text}")).map_err(|_| AddressError::Malformed),
    }
}

/// User, host and port, as they were typed.
fn authority(text: &str) -> &str {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host as it was typed, lower-cased.
fn typed_host(text: &str) -> String {
    let authority = authority(text);
    let host = match authority.rfind(']') {
        Some(end) => &authority[..=end],
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.to_ascii_lowercase()
}

/// The path the server lives under, without the API's own part.
fn own_path(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    match path.strip_suffix("/api/v1").or_else(|| path.strip_suffix("/api")) {
        // Read once more, so that the result reads as itself.
        Some(rest) => own_path(rest),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_brought_to_one_form() {
        let table = [
            ("https://app.nt3.io", "https://app.nt3.io"),
            (" app.nt3.io/ ", "https://app.nt3.io"),
            ("HTTPS://App.NT3.io/api/v1/", "https://app.nt3.io"),
            ("https://entri.example/api", "https://entri.example"),
            ("https://entri.example:8443/l10n/api", "https://entri.example:8443/l10n"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:3000/", "http://localhost:3000"),
            ("http://[::1]:9", "http://[::1]:9"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://аpp.nt3.io", "https://xn--pp-6kc.nt3.io"),
            ("https://app.nt3.io./", "https://app.nt3.io"),
            ("https://app.nt3.io:443", "https://app.nt3.io"),
            ("https://a.example/api/api/v1", "https://a.example"),
        ];
        for (typed, address) in table {
            assert_eq!(BaseUrl::parse(typed).unwrap().as_str(), address, "{typed}");
        }
    }

    /// The refusal comes before anything is looked up.
    #[test]
    fn the_value_of_a_token_is_no_address() {
        let value = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";
        for around in [
            "V",
            "https://V",
            "https://V.example",
            "https://V@a.example",
            "https://a:V@b.example",
            "https://a.example/V",
            "https://a.example/?t=V",
            "https://a.example/#V",
            "ftp://V",
        ] {
            for value in [value, &value.to_uppercase(), &value.replace('_', "%5F")] {
                let error = BaseUrl::parse(&around.replace('V', value)).unwrap_err();
                assert_eq!(error, AddressError::HoldsValue, "{around}");
                assert!(!error.to_string().contains("EXAMPLEONLY"));
            }
        }
        assert!(BaseUrl::parse("https://entri-ci.example/entri_ci").is_ok());
    }

    #[test]
    fn addresses_that_would_leak_are_refused() {
        let unencrypted = [
            "http://app.nt3.io",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://localhost.",
            "http://2130706433",
            "http://0x7f.1",
            "http://127.1",
            "http://127.0.0.2",
            "http://[::ffff:127.0.0.1]",
            "http://%6cocalhost",
            "http://ⅼocalhost",
            "http://０x7f.1",
        ];
        for typed in unencrypted {
            let refused = BaseUrl::parse(typed);
            assert!(matches!(refused, Err(AddressError::Unencrypted(_))), "{typed}: {refused:?}");
        }
        let table = [
            ("", AddressError::Empty),
            ("https://", AddressError::Malformed),
            ("https://a b", AddressError::Malformed),
            ("ftp://a.example", AddressError::Scheme("ftp".to_owned())),
            ("https://app.nt3.io@evil.example", AddressError::UserInfo),
            ("https://@evil.example", AddressError::UserInfo),
            ("http://127.0.0.1:80@evil.example", AddressError::UserInfo),
            ("https:/app.nt3.io", AddressError::Malformed),
            ("http://127.0.0.1\\@evil.example", AddressError::Malformed),
            ("https://.", AddressError::Malformed),
            ("https://a..", AddressError::Malformed),
            ("http:127.0.0.1", AddressError::Malformed),
            ("file:///etc/passwd", AddressError::Malformed),
            ("https://a.example?x=1", AddressError::Extra),
            ("https://a.example/#x", AddressError::Extra),
        ];
        for (typed, error) in table {
            assert_eq!(BaseUrl::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn the_host_is_shown_with_an_unusual_port_only() {
        let host = |typed| BaseUrl::parse(typed).unwrap().host().to_owned();
        assert_eq!(host(BaseUrl::DEFAULT), "app.nt3.io");
        assert_eq!(host("https://app.nt3.io:8443/x/api"), "app.nt3.io:8443");
        assert_eq!(host("http://[::1]:9"), "[::1]:9");
    }

    #[test]
    fn an_origin_has_no_path() {
        let parts = |typed| {
            let base = BaseUrl::parse(typed).unwrap();
            (base.origin(), base.path().to_owned(), base.is_cloud())
        };
        let table = [
            (BaseUrl::DEFAULT, "https://app.nt3.io", "", true),
            ("https://api.nt3.io/api/v1", "https://api.nt3.io", "", true),
            ("https://x.nt3.io:8443/l10n/api", "https://x.nt3.io:8443", "/l10n", false),
            ("http://[::1]:9/a/b", "http://[::1]:9", "/a/b", false),
        ];
        for (typed, origin, path, cloud) in table {
            assert_eq!(parts(typed), (origin.to_owned(), path.to_owned(), cloud), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn an_accepted_address_reads_the_same_again(text in "(https?://)?[a-z0-9.:@\\[\\]/%-]{1,24}") {
            if let Ok(base) = BaseUrl::parse(&text) {
                prop_assert_eq!(BaseUrl::parse(base.as_str()), Ok(base.clone()));
                prop_assert!(base.is_encrypted() || base.as_str().starts_with("http://127.0.0.1")
                    || base.as_str().starts_with("http://localhost") || base.as_str().starts_with("http://[::1]"));
            }
        }
    }
}
