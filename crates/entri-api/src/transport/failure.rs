//! Why no response came, or only part of one.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use crate::error::Error;
use crate::message::ServerMessage;

pub(super) fn failure(host: &str, error: &reqwest::Error) -> Error {
    let (host, reason) = (host.to_owned(), reason(error));
    match error {
        _ if error.is_builder() => Error::Setup(reason),
        _ if error.is_connect() && is_tls(error) => Error::Tls { host, reason },
        _ if error.is_connect() => Error::Unreachable { host, reason },
        _ if error.is_timeout() => Error::Timeout { host },
        _ => Error::Interrupted { host, reason },
    }
}

/// The innermost cause: the outer layers name the request with its URL.
pub(super) fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let words = causes(error).find_map(|cause| in_words(cause.downcast_ref()?));
    let innermost = || Some(in_plain_words(causes(error).last()?));
    ServerMessage::new(&words.or_else(innermost).unwrap_or_default()).text().to_owned()
}

/// The text of an error, without the number that the system appends.
pub fn in_plain_words(error: &(dyn StdError + 'static)) -> String {
    let said = error.to_string();
    let is_numbered = error.downcast_ref().and_then(io::Error::raw_os_error).is_some();
    match said.rsplit_once(" (os error ") {
        Some((words, _)) if is_numbered => words.to_owned(),
        _ => said,
    }
}

/// For a certificate, where rustls gives the name of its own type as the reason.
fn in_words(error: &rustls::Error) -> Option<String> {
    let rustls::Error::InvalidCertificate(reason) = error else { return None };
    match reason {
        CertificateError::UnknownIssuer => Some("untrusted certificate authority".to_owned()),
        CertificateError::Other(cause) => Some(cause.to_string()),
        _ => None,
    }
}

fn is_tls(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn StdError>::is::<rustls::Error>)
}

/// From the outside in.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        // An I/O error names the source of what it wraps as its own source, and so skips it.
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
        Some(cause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_system_is_left_out_and_other_words_stay() {
        let refused = io::Error::from_raw_os_error(2);
        assert!(refused.to_string().contains("os error"), "{refused}");
        assert_eq!(in_plain_words(&refused), "No such file or directory");
        let own = io::Error::other("no answer (os error 2)");
        assert_eq!(in_plain_words(&own), "no answer (os error 2)");
    }
}
