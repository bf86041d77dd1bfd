//! Whose values a scan found: by fingerprint, or else by what the server lists of each value.

use entri_api::PreviewFit;
use token_audit::Date;
use token_scan::Hit;

use crate::desk::Desk;
use crate::jobs::incident::naming::{Listed, Whose, by_previews};
use crate::model::time::clocks::Clocks;
use crate::model::token::TokenKey;
use crate::model::token::incident::Sureness;

/// As many characters at the end of a value does its mask show.
const SHOWN: usize = 4;

/// The token that a value belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Its connection and id.
    pub key: TokenKey,
    /// Its name, as the server gave it.
    pub name: String,
    /// How sure that is.
    pub sureness: Sureness,
    /// How it is known, in words.
    pub how: &'static str,
}

/// Whether a token that was found still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Life {
    /// Its list has it.
    Live,
    /// Nobody knows whose it is, or its list is incomplete.
    Unknown,
    /// Its list has it, and it has expired.
    Expired,
    /// Its list says that it is revoked.
    Revoked,
    /// Its list is complete, and has it no longer.
    Gone,
}

impl Life {
    pub(super) fn is_dead(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked | Self::Gone)
    }
}

impl Desk {
    /// Whose value lies at a hit. What the list shows of values counts only if `previews` are to be compared, too.
    pub(super) fn owner(&self, hit: &Hit, lists: &[Listed], previews: bool) -> Option<Owner> {
        let prints = [Some(hit.fingerprint), hit.second_fingerprint];
        let prints: Vec<_> = prints.into_iter().flatten().map(|it| it.0).collect();
        let fit = |preview: Option<&str>| fit(&hit.token, preview);
        let named = match self.named_by_prints(&prints, lists) {
            Some(named) => named,
            None if previews => by_previews(fit, lists)?,
            None => return None,
        };
        match named {
            Whose::Named { key, name, sureness, how, .. } => {
                Some(Owner { key, name, sureness, how })
            }
            Whose::OneOf { .. } | Whose::Nobody { .. } => None,
        }
    }
}

/// Whether the token still works, as far as its list says.
pub(super) fn life(key: &TokenKey, lists: &[Listed], clocks: &Clocks) -> Life {
    let Some((_, list, complete)) = lists.iter().find(|(it, ..)| it.id == key.connection) else {
        return Life::Unknown;
    };
    match list.find(key).map(|index| list.record(index)) {
        None if *complete => Life::Gone,
        None => Life::Unknown,
        Some(token) if token.revoked => Life::Revoked,
        Some(token) => match token.expires {
            Date::At(at) if at <= clocks.of(key.connection).0 => Life::Expired,
            _ => Life::Live,
        },
    }
}

/// Compares the end of a value, as its mask shows it, with what the server shows of one.
fn fit(mask: &str, preview: Option<&str>) -> PreviewFit {
    let end = mask.rsplit('•').next().unwrap_or_default();
    let preview = preview.unwrap_or_default();
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    let tail = preview.rsplit(|it| !is_part(it)).next().unwrap_or_default();
    let is_end = tail.len() < preview.len() || tail.len() == SHOWN;
    match end.len() == SHOWN && is_end && tail.len() >= SHOWN {
        true if tail.ends_with(end) => PreviewFit::Strong,
        true => PreviewFit::Differs,
        false => PreviewFit::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_fits_a_preview_by_its_end_alone() {
        let mask = format!("entri_{}1Td6", "•".repeat(22));
        for (preview, expected) in [
            (Some("entri_…1Td6"), PreviewFit::Strong),
            (Some("entri_7h2K****1Td6"), PreviewFit::Strong),
            (Some("1Td6"), PreviewFit::Strong),
            (Some("entri_…9xk9"), PreviewFit::Differs),
            (Some("entri_7h2K"), PreviewFit::Open),
            (Some("…d6"), PreviewFit::Open),
            (Some("entri_7h2K…"), PreviewFit::Open),
            (None, PreviewFit::Open),
        ] {
            assert_eq!(fit(&mask, preview), expected, "{preview:?}");
        }
        assert_eq!(fit("entri_••••", Some("…1Td6")), PreviewFit::Open);
    }
}
