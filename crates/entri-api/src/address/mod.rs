//! Which addresses a credential may be sent to.

#[cfg(test)]
mod tests;

use std::fmt;

use url::{Host, Url};

use crate::value::holds_value;

/// A server's base URL: scheme, host, port, and path, if the server lives under one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    host: String,
    encrypted: bool,
}

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is empty or holds only spaces.
    #[error("Enter the server’s address, such as https://app.nt3.io.")]
    Empty,
    /// The text contains what looks like a token value. It isn't looked up, since a DNS query would
    /// give it away.
    #[error(
        "This looks like a token value, not an address. Nothing was sent or saved, so the token is as safe as before. Enter the server’s address, such as https://app.nt3.io."
    )]
    HoldsValue,
    /// The text can't be read as a URL with a host.
    #[error("This isn’t an address. Enter a URL like https://app.nt3.io.")]
    Malformed,
    /// The scheme, given here, is neither `https` nor `http`.
    #[error("The address must start with https://, not {0}://.")]
    Scheme(String),
    /// `http://` to a host other than this computer, given here: the credential would travel
    /// unencrypted.
    #[error(
        "http:// would send the API token unencrypted to {0}. Use https://; \
         http:// is only for 127.0.0.1, [::1] and localhost."
    )]
    Unencrypted(String),
    /// The address has a user name or a password, even an empty one.
    #[error("Remove the user name and password from the address.")]
    UserInfo,
    /// The address has a query or a fragment, which a base URL can't have.
    #[error("Remove everything after “?” or “#”.")]
    Extra,
}

impl BaseUrl {
    /// The address of Entri's cloud (docs/entri-api.md#hosts).
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
            // The typed text must be the loopback address itself, because the parser also turns
            // 2130706433 and 0x7f.1 into it.
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
        // Repeated, so that parsing the result again changes nothing.
        Some(rest) => own_path(rest),
        None => path,
    }
}
