//! A scan for leaked tokens, and what it found.

mod ledger;

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use token_desk::{
    ComparedTold, FoundToken, IncidentOf, Life, Owner, PlaceKind, PlaceTold, ScanNow, ScanOf, text,
    when,
};

use self::ledger::LedgerView;
use super::KeyView;

/// As many places that are gone are named.
const MOST_GONE: u64 = 20;
const UNKNOWN: &str = "Tokens of earlier starts can’t be known by their fingerprints.";

/// A scan that runs, or has ended.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScanView {
    /// What may be said about it.
    pub title: String,
    /// What is read, and since when.
    pub about: String,
    /// How far it is; empty if it has ended.
    pub progress: String,
    /// How much it has read, in percent.
    pub percent: u8,
    /// What was met, in three parts; none before its end.
    pub ledger: Vec<LedgerView>,
    /// What was found, the live ones first.
    pub tokens: Vec<FoundTokenView>,
    /// How many places aren't listed because a value belongs there, in words; empty if all are.
    pub belonging: String,
    /// `New since 17 Nov`; empty if there is no earlier scan of the same.
    pub new_since: String,
    /// The folder that was read; `None` for the usual places and a pasted text.
    pub folder: Option<String>,
    /// Whether it can be made again without being asked for more.
    pub repeats: bool,
    /// What else is to be said about it.
    pub notes: Vec<String>,
}

/// A token of which values were found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FoundTokenView {
    /// What tells it from others.
    pub fingerprint: String,
    /// The mask of its value.
    pub mask: String,
    /// Whose it is; `None` if that isn't known.
    pub owner: Option<OwnerView>,
    /// Whether it still works.
    pub life: LifeView,
    /// Whether it has an incident that isn't closed.
    pub incident: bool,
    /// The first of its places that are looked for.
    pub places: Vec<FoundPlaceView>,
    /// How many of its places are new.
    pub fresh: u32,
    /// How many places there are, in words.
    pub count: String,
    /// How many of those that are looked for aren't listed, in words; empty if all are.
    pub more: String,
}

/// Whether a token still works.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LifeView {
    /// What it is called: `Live`.
    pub says: String,
    /// How it looks: only a live one is bad.
    pub tone: LifeTone,
}

/// How the life of a token looks.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LifeTone {
    /// Its value can be used by whoever has it.
    Bad,
    /// Nobody knows whether it works.
    Info,
    /// Its value is of no use.
    Ok,
}

/// The token that a value belongs to.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OwnerView {
    /// Its connection and id.
    pub key: KeyView,
    /// Its name, with hidden characters shown.
    pub name: String,
    /// How it is known, in words.
    pub how: String,
}

/// A place where a value lies.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundPlaceView {
    /// Its number among all places of its token.
    pub at: u32,
    /// The path, with the line.
    pub path: String,
    /// What kind of place it is.
    pub about: String,
    /// The branches and tags that lead there.
    pub reach: String,
    /// Whether no branch or tag leads there.
    pub in_no_branch: bool,
    /// Its kind, which has an icon.
    pub kind: PlaceKindView,
    /// Whether the last scan of the same did not find it.
    pub is_new: bool,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PlaceKindView {
    /// A file, or a pasted text.
    File,
    /// An object of a repository's history.
    History,
    /// A file in an archive.
    Archive,
}

impl ScanView {
    /// Shows the time on this computer's clock.
    #[must_use]
    pub fn new(scan: ScanNow, home: Option<&Path>, now: DateTime<Utc>) -> Self {
        let home = home.map(Path::to_string_lossy).unwrap_or_default();
        let (of, at) = (scan.of.words(&home), when::short(scan.began, now));
        let notes = notes(&scan, now);
        let belonging = match scan.belonging as u64 {
            0 => String::new(),
            places => {
                format!("Not listed: {} where a value belongs.", text::counted(places, "place"))
            }
        };
        let took = scan.took;
        let new_since = scan.compared.as_ref().map(|it| when::short(it.since, now));
        Self {
            title: scan.title,
            about: format!("{} · {at}", text::visible(&of)),
            progress: scan.progress.unwrap_or_default(),
            percent: scan.percent,
            ledger: scan
                .ledger
                .map(|ledger| ledger::parts(ledger, &took, scan.partial))
                .unwrap_or_default(),
            tokens: scan.tokens.into_iter().map(FoundTokenView::from).collect(),
            belonging,
            new_since: new_since.map(|since| format!("New since {since}")).unwrap_or_default(),
            folder: match &scan.of {
                ScanOf::Folder(path) => Some(path.to_string_lossy().into_owned()),
                ScanOf::UsualPlaces | ScanOf::Text => None,
            },
            repeats: scan.of != ScanOf::Text,
            notes,
        }
    }
}

impl From<FoundToken> for FoundTokenView {
    fn from(token: FoundToken) -> Self {
        let more = token.fitting - token.places.len() as u64;
        let more = if more > 0 { format!("and {more} more") } else { String::new() };
        Self {
            fingerprint: token.fingerprint,
            mask: token.mask,
            owner: token.owner.map(OwnerView::from),
            incident: token.incident.is_some(),
            life: LifeView::of(token.life, token.incident),
            places: token.places.into_iter().map(FoundPlaceView::from).collect(),
            fresh: u32::try_from(token.fresh).unwrap_or(u32::MAX),
            count: text::counted(token.count, "place"),
            more,
        }
    }
}

impl LifeView {
    fn of(life: Life, incident: Option<IncidentOf>) -> Self {
        let (says, tone) = match life {
            _ if life != Life::Live && incident == Some(IncidentOf::ProvenDead) => {
                ("Proven dead", LifeTone::Ok)
            }
            Life::Live => ("Live", LifeTone::Bad),
            Life::Unknown => ("Not known", LifeTone::Info),
            Life::Expired => ("Expired", LifeTone::Ok),
            Life::Revoked => ("Revoked", LifeTone::Ok),
            Life::Gone => ("Gone from the list", LifeTone::Ok),
        };
        Self { says: says.to_owned(), tone }
    }
}

impl From<Owner> for OwnerView {
    fn from(owner: Owner) -> Self {
        Self { name: text::visible(&owner.name), how: owner.how.to_owned(), key: owner.key.into() }
    }
}

impl From<PlaceTold> for FoundPlaceView {
    fn from(place: PlaceTold) -> Self {
        Self {
            at: u32::try_from(place.at).unwrap_or(u32::MAX),
            path: place.path,
            about: place.about,
            reach: place.reach,
            in_no_branch: place.in_no_branch,
            kind: match place.kind {
                PlaceKind::File => PlaceKindView::File,
                PlaceKind::History => PlaceKindView::History,
                PlaceKind::Archive => PlaceKindView::Archive,
            },
            is_new: place.is_new,
        }
    }
}

/// What is new and what is gone since an earlier scan.
fn differs(from: &ComparedTold, now: DateTime<Utc>) -> Vec<String> {
    let since = when::short(from.since, now);
    let (new, gone) = (text::counted(from.new as u64, "place"), from.gone.len() as u64);
    let more = gone.saturating_sub(MOST_GONE);
    let gone_places = from.gone.iter().take(usize::try_from(MOST_GONE).unwrap_or_default());
    let mut notes =
        vec![format!("{new} new since {since}, {} gone.", text::counted(gone, "place"))];
    notes.extend(gone_places.map(|it| format!("Gone: {}", text::visible(it))));
    notes.extend((more > 0).then(|| format!("and {more} more")));
    notes
}

/// What is not listed, and why not more is known.
fn notes(scan: &ScanNow, now: DateTime<Utc>) -> Vec<String> {
    let unavailable = scan.unavailable.as_ref().map(|why| format!("{why}. {UNKNOWN}"));
    let more = (scan.more > 0).then(|| {
        let more = text::counted(scan.more as u64, "more token");
        format!("{more} found. Deal with these first, then scan again.")
    });
    let unlisted = (scan.unlisted > 0).then(|| {
        let places = text::counted(scan.unlisted, "more place");
        format!("{places} found than a scan lists. Deal with these first, then scan again.")
    });
    let placeholders = (scan.placeholders > 0).then(|| {
        let placeholders = text::counted(scan.placeholders, "placeholder");
        format!("Not listed: {placeholders} in documentation and code.")
    });
    let compared = scan.compared.iter().flat_map(|it| differs(it, now));
    unavailable
        .into_iter()
        .chain(more)
        .chain(unlisted)
        .chain(compared)
        .chain(placeholders)
        .collect()
}
