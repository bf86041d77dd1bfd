//! The vocabulary of the journal: everything that an entry can say was done.
//!
//! To add a deed, add its line to [the table](Deed) and write it where it is done. Storage and exports follow from
//! its line, and if it is an act by itself (`Part::Alone`) of a known kind, so does the Activity screen. Otherwise:
//!
//! - As the last step of a create or a revoke, it is put into words in `jobs/activity/acts/endings.rs`. Without a
//!   line there, the screen says that the outcome isn't known.
//! - As a step of a bulk revoke, it is counted in `jobs/activity/acts/outcome.rs`.
//! - As a new beginning of an act, it also needs the SQL views in `storage/journal/mod.rs`.
//! - A new kind of decision is also a line in `model/decision.rs`.
//! - While it can't be written, `storage/journal/owed.rs` says what was done.

#[cfg(test)]
mod tests;
mod written;

pub use written::Written;

use crate::model::act::{ActFilter, ActKind};

/// How a deed relates to the act that it is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It begins an act of this kind, and other deeds tell how that ended.
    Begins(ActKind),
    /// It is an act of this kind, which the words say as the start of a sentence.
    Alone(ActKind, &'static str),
    /// How far an act came.
    Step,
    /// It ends an act: later deeds don't change how that came out.
    Ends,
}

/// Whether a deed creates or revokes a token at the server, or may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    AtServer,
    OnlyHere,
}

struct Line {
    code: &'static str,
    words: &'static str,
    part: Part,
    filter: Option<ActFilter>,
    effect: Effect,
}

macro_rules! deeds {
    ($($(#[$doc:meta])+ $deed:ident: $code:literal, $words:literal, $part:expr, $filter:expr, $effect:expr;)+) => {
        /// What was done, as the journal writes it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deed {
            $($(#[$doc])+ $deed,)+
        }

        impl Deed {
            /// All deeds that this version knows.
            pub const ALL: &[Self] = &[$(Self::$deed),+];

            const fn line(self) -> Line {
                match self {
                    $(Self::$deed => Line {
                        code: $code,
                        words: $words,
                        part: $part,
                        filter: $filter,
                        effect: $effect,
                    },)+
                }
            }
        }
    };
}

use ActFilter::{Audits, Created, Decisions, Delivered, Revoked};
use ActKind::{Audit, BulkRevoke, Create, Decision, Incident, Revoke, Rotation};
use Effect::{AtServer, OnlyHere};
use Part::{Alone, Begins, Ends, Step};

// The code in the file, which never changes; the words; the part it has in its act; its chip; its effect.
deeds! {
    /// A token is to be created. Written before the request is sent.
    Create: "create", "Creating", Begins(Create), Some(Created), AtServer;
    /// A token is to be revoked. Written before the request is sent.
    Revoke: "revoke", "Revoking", Begins(Revoke), Some(Revoked), AtServer;
    /// Tokens are to be revoked one after another, now or on a day to come.
    BulkRevoke: "clean up", "Bulk revoke started", Begins(BulkRevoke), Some(Revoked), AtServer;

    /// A value was found where it shouldn't be.
    ValueFound: "value found", "Value found", Begins(Incident), Some(Revoked), OnlyHere;

    /// A token stays, for a reason.
    KeepUntil: "keep until", "Kept", Alone(Decision, "Kept"), Some(Decisions), OnlyHere;
    /// Whoever created a token was asked about it.
    AskOwner: "ask owner", "Owner asked", Alone(Decision, "Asked the owner of"), Some(Decisions), OnlyHere;
    /// A token is to be revoked on a day to come.
    RevokeBy: "plan revoke", "Revocation scheduled", Alone(Decision, "Planned to revoke"), Some(Decisions), OnlyHere;
    /// A decision was undone.
    WithdrawDecision: "withdraw decision", "Decision undone", Alone(Decision, "Undid the decision on"), Some(Decisions), OnlyHere;

    /// Settings of a connection's policy were changed.
    PolicyChanged: "policy changed", "Policy changed", Alone(Audit, "Changed the audit policy:"), Some(Audits), OnlyHere;
    /// A policy was saved to a file.
    PolicyExported: "policy exported", "Policy exported", Alone(Audit, "Exported the audit policy:"), Some(Audits), OnlyHere;
    /// A report on the tokens was saved to a file.
    ReportExported: "report exported", "Report exported", Alone(Audit, "Exported an audit report:"), Some(Audits), OnlyHere;
    /// The activity was saved to a file.
    ActivityExported: "activity exported", "Activity exported", Alone(Audit, "Exported the activity:"), Some(Audits), OnlyHere;

    /// A token is to be replaced by a new one. Written before the new one is created.
    Rotate: "rotate", "Rotation started", Alone(Rotation, "Started rotating"), None, OnlyHere;
    /// A place that only a person can reach has the new value, as somebody said.
    PlaceDone: "place done", "Updated by hand", Step, None, OnlyHere;
    /// What a place of a rotation said, after a delivery, about when it was last changed.
    PlaceSays: "place says", "Date of the change", Step, None, OnlyHere;
    /// The old token of a rotation is revoked.
    RotationFinished: "rotation finished", "Rotation finished", Ends, None, OnlyHere;
    /// A rotation won't go on, and the old token stays.
    RotationCanceled: "rotation canceled", "Rotation canceled", Ends, None, OnlyHere;

    /// The record of an incident was saved to a file.
    RecordExported: "record exported", "Incident record exported", Alone(Audit, "Exported an incident record:"), Some(Audits), OnlyHere;

    /// The request was sent, and its effect is unknown.
    Unclear: "unclear", "Unconfirmed", Step, None, AtServer;
    /// The server said that it refused a create, but it may have created the token anyway.
    Denied: "denied", "Refused by the server", Step, None, AtServer;
    /// The server accepted a create, but the response couldn't be read.
    Unreadable: "unreadable", "Created (unreadable response)", Step, None, AtServer;
    /// The token exists, and its value is or was in this app.
    Made: "made", "Created", Step, None, AtServer;
    /// The token exists, but its value was lost with the response.
    Found: "found", "Found later; value lost", Step, None, AtServer;
    /// The value is about to be delivered.
    Delivering: "handing over", "Sending", Step, None, OnlyHere;
    /// The delivery did not succeed.
    NotDelivered: "not handed over", "Delivery failed", Step, None, OnlyHere;
    /// Somebody else holds the value.
    Delivered: "handed over", "Delivered", Ends, Some(Delivered), OnlyHere;
    /// The admin keeps the token as it is.
    Kept: "kept", "Kept", Ends, None, OnlyHere;
    /// The value was wiped on the admin's request before anybody had it.
    Abandoned: "abandoned", "Closed without copying", Ends, None, OnlyHere;
    /// Nothing was done: the server was never reached, or it refused a revoke.
    Refused: "refused", "Refused", Ends, None, OnlyHere;
    /// The token was looked for and is not there.
    NotMade: "not made", "Not created", Ends, None, OnlyHere;
    /// The token to be revoked is still there.
    NotRevoked: "not revoked", "Revocation failed", Ends, None, OnlyHere;
    /// The token is revoked.
    Revoked: "revoked", "Revoked", Ends, None, AtServer;
    /// The server refuses the value of the revoked token as it refuses a made-up one.
    ValueRefused: "value refused", "Proven: the server refuses its value", Step, None, OnlyHere;
    /// Whether the server refuses the value of the revoked token isn't proven.
    ValueNotProven: "value not proven", "Not proven that its value is refused", Step, None, OnlyHere;
    /// The token is no longer there.
    Gone: "gone", "Removed", Ends, None, OnlyHere;

    /// The server is about to be asked with a value that was found, which counts as a use if it works.
    ValueTested: "value tested", "Testing the value", Step, None, OnlyHere;
    /// The server accepted a value that was found.
    ValueWorks: "value works", "The value works", Step, None, OnlyHere;
    /// The server refused a value that was found.
    ValueUnknown: "value unknown", "The server doesn’t know the value", Step, None, OnlyHere;
    /// The server's answer said nothing about a value that was found.
    ValueUntested: "value untested", "The test was inconclusive", Step, None, OnlyHere;
    /// It is known whose value was found, or somebody said so.
    Identified: "identified", "Identified", Step, None, OnlyHere;
    /// What the server said of the token before it was revoked.
    Snapshot: "snapshot", "Snapshot taken", Step, None, OnlyHere;
    /// The token whose value was found is revoked.
    IncidentRevoked: "incident revoked", "Revoked", Step, None, AtServer;
    /// The token whose value was found was gone already.
    IncidentGone: "incident gone", "Already revoked", Step, None, OnlyHere;
    /// What an incident asks for besides the revoke is done.
    TaskDone: "task done", "Done", Step, None, OnlyHere;
    /// What isn't known about an incident, in somebody's own words.
    OpenQuestions: "open questions", "Open questions", Step, None, OnlyHere;
    /// Where the value was found, who could reach it there, and since when, in somebody's own words.
    Exposure: "exposure", "Exposure", Step, None, OnlyHere;
    /// The incident is over.
    IncidentClosed: "incident closed", "Incident closed", Ends, None, OnlyHere;

    /// A token of a bulk revoke is revoked, and in no fresh list.
    TokenRevoked: "token revoked", "Revoked (bulk)", Step, None, AtServer;
    /// A token of a bulk revoke was gone before its turn.
    TokenGone: "token gone", "Already revoked", Step, None, OnlyHere;
    /// A token of a bulk revoke was used since it was planned, and is left as it is.
    TokenSkipped: "token skipped", "Skipped: used since", Step, None, OnlyHere;
    /// A token of a bulk revoke is no longer as it was planned, and is left as it is.
    TokenLeft: "token left", "Skipped: changed since", Step, None, OnlyHere;
    /// A token of a bulk revoke is still there, or may be.
    TokenNotRevoked: "token not revoked", "Not revoked", Step, None, OnlyHere;
    /// The turn of a token of a bulk revoke never came.
    TokenNotReached: "token not reached", "Not reached", Step, None, OnlyHere;
    /// All tokens of a bulk revoke had their turn.
    BulkFinished: "clean-up finished", "Bulk revoke finished", Ends, None, OnlyHere;
    /// The rest of a bulk revoke is left.
    BulkLeft: "clean-up left", "Bulk revoke canceled", Ends, None, OnlyHere;
    /// The rest of a bulk revoke is done on another day.
    BulkPutOff: "clean-up put off", "Bulk revoke scheduled", Ends, None, OnlyHere;
}

impl Deed {
    /// Its code in the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.line().code
    }

    /// The deed with this code; `None` if this version doesn't know it.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|deed| deed.code() == code)
    }

    /// What happened, as a step of an act that this began.
    #[must_use]
    pub fn words(self, of: Option<Self>) -> &'static str {
        match (of, self) {
            (Some(Self::Create), Self::Unclear) => "Unconfirmed: creation",
            (Some(Self::Revoke), Self::Unclear) => "Unconfirmed: revocation",
            (Some(Self::Create), Self::Refused) => "Not created",
            (Some(Self::Revoke), Self::Refused) => "Not revoked",
            _ => self.line().words,
        }
    }

    /// The kind of act that it begins or is; `None` for a step of one.
    #[must_use]
    pub fn kind(self) -> Option<ActKind> {
        match self.line().part {
            Begins(kind) | Alone(kind, _) => Some(kind),
            Step | Ends => None,
        }
    }

    /// Its sentence up to the name, if it is an act of its own.
    pub(crate) fn sentence(self) -> Option<&'static str> {
        match self.line().part {
            Alone(_, words) => Some(words),
            _ => None,
        }
    }

    /// Whether it begins an act that other deeds continue and end.
    #[must_use]
    pub fn begins(self) -> bool {
        matches!(self.line().part, Begins(_))
    }

    /// Whether it ends an act.
    #[must_use]
    pub fn ends(self) -> bool {
        self.line().part == Ends
    }

    /// The chip of the Activity screen that it counts for.
    #[must_use]
    pub fn filter(self) -> Option<ActFilter> {
        self.line().filter
    }

    /// Whether it creates or revokes a token at the server, or may have.
    #[must_use]
    pub fn is_at_server(self) -> bool {
        self.line().effect == AtServer
    }

    /// The codes of these deeds, as a list for SQL.
    pub(crate) fn codes(which: impl Fn(Self) -> bool) -> String {
        let deeds = Self::ALL.iter().filter(|deed| which(**deed));
        deeds.map(|deed| format!("'{}'", deed.code())).collect::<Vec<_>>().join(", ")
    }
}
