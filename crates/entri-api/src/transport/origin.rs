//! Which `Origin` to try after one was refused (docs/entri-api.md#origin).

use crate::address::BaseUrl;

/// The address the cloud's servers are configured with, whichever of their hosts was called.
const CLOUD: &str = BaseUrl::DEFAULT;

/// The `Origin` to try next, after `sent` was refused with this code; `None` if there is nothing
/// left to try.
pub(super) fn instead(code: &str, sent: Option<&str>, base_url: &BaseUrl) -> Option<String> {
    match (code, sent) {
        ("MISSING_OR_NULL_ORIGIN", None) => Some(base_url.origin()),
        ("INVALID_ORIGIN", sent) if base_url.is_cloud() && sent != Some(CLOUD) => {
            Some(CLOUD.to_owned())
        }
        _ => None,
    }
}

/// Whether a code says that the request was refused before anything was done.
pub(super) fn is_refusal(code: &str) -> bool {
    matches!(code, "MISSING_OR_NULL_ORIGIN" | "INVALID_ORIGIN")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_tried_once() {
        let (missing, invalid) = ("MISSING_OR_NULL_ORIGIN", "INVALID_ORIGIN");
        let (api, app, own) =
            ("https://api.nt3.io", "https://app.nt3.io", "https://entri.example:8443");
        let table = [
            // called, code, sent, to send instead
            (own, missing, None, Some(own)),
            (own, missing, Some(own), None),
            (own, invalid, Some(own), None),
            (own, invalid, None, None),
            (api, missing, None, Some(api)),
            (api, invalid, Some(api), Some(app)),
            (api, invalid, None, Some(app)),
            (api, invalid, Some(app), None),
            (app, missing, None, Some(app)),
            (app, invalid, Some(app), None),
            (api, "INVALID_CODE", Some(api), None),
            (api, "", None, None),
        ];
        for (called, code, sent, expected) in table {
            let base_url = BaseUrl::parse(&format!("{called}/l10n")).unwrap();
            let tried = instead(code, sent, &base_url);
            assert_eq!(tried.as_deref(), expected, "{called} {code} {sent:?}");
        }
    }
}
