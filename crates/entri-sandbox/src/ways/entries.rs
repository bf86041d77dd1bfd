//! Odd ways with what is listed.

use super::Way;
use super::lists::way;
use crate::forms::DateForm::MicrosecondsText;
use crate::forms::DateForm::{
    self, Bare, Blank, Http, Iso, IsoOffset, Junk, Microseconds, Milliseconds, MillisecondsText,
    Minutes, Mongo, MongoNumber, Nanoseconds, NanosecondsText, OffsetCompact, OffsetHours, Seconds,
    SecondsNanos, SecondsText, Sentinel,
};
use crate::oddities::{Damage, Dates, IdForm, Members, NameForm, Twins};
use crate::random::Random;
use crate::variant::Variant;

const READABLE: [DateForm; 19] = [
    Iso,
    IsoOffset,
    Blank,
    Bare,
    Minutes,
    OffsetHours,
    OffsetCompact,
    Http,
    SecondsNanos,
    Mongo,
    MongoNumber,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    SecondsText,
    MillisecondsText,
    MicrosecondsText,
    NanosecondsText,
];
const NONE: [DateForm; 12] = [
    Sentinel("0"),
    Sentinel("\"0\""),
    Sentinel("-1"),
    Sentinel("\"-1\""),
    Sentinel("\"\""),
    Sentinel("null"),
    Sentinel(""),
    Sentinel("\"0000-00-00 00:00:00\""),
    Sentinel("\"0001-01-01T00:00:00Z\""),
    Sentinel("\"1970-01-01T00:00:00.000Z\""),
    Sentinel("\"9999-12-31T23:59:59Z\""),
    Sentinel("{\"$date\": \"1970-01-01T00:00:00Z\"}"),
];
const JUNK: [DateForm; 8] = [
    Junk("\"soon\""),
    Junk("\"2027\""),
    Junk("\"20271126\""),
    Junk("{}"),
    Junk("{\"when\": \"later\"}"),
    Junk("true"),
    Junk("[2027, 11, 26]"),
    Junk("\"2027-02-30T00:00:00Z\""),
];

pub(super) const WAYS: &[Way] = &[
    way("readable-dates", 6, "writes each date in another form that can be read", |it, _| {
        it.odd.dates = Dates { created: &READABLE, expires: &READABLE, last_used: &READABLE };
    }),
    way("zero-dates", 6, "writes a date of no sense where there is none", |it, _| {
        it.odd.dates = Dates { created: &NONE, expires: &NONE, last_used: &NONE };
    }),
    way("odd-dates", 4, "writes dates that cannot be read", |it, _| {
        it.odd.dates = Dates { created: &JUNK, expires: &JUNK, last_used: &JUNK };
    }),
    way("odd-expiries", 3, "writes expiries that cannot be read", |it, _| {
        it.odd.dates.expires = &JUNK;
    }),
    way("odd-uses", 3, "writes last uses that cannot be read", |it, _| {
        it.odd.dates.last_used = &JUNK;
    }),
    way("date-form", 6, "writes dates in one form that can be read", |it, random| {
        it.dates = random.pick(&READABLE);
    }),
    way("number-ids", 3, "has numbers as ids", |it, _| it.odd.ids = IdForm::Number),
    way("big-ids", 3, "has ids from 2^64 + 1, as numbers", |it, _| it.odd.ids = IdForm::Beyond64),
    way("huge-int", 3, "has ids of 30 digits, as numbers", |it, _| it.odd.ids = IdForm::Digits30),
    way("bom", 3, "begins JSON with a byte order mark", |it, _| it.odd.byte_order_mark = true),
    way("bad-utf8", 3, "has a byte in names that is not UTF-8", |it, _| {
        it.odd.names = NameForm::NotUtf8;
    }),
    way("blank-name", 2, "has names of nothing but blanks", |it, _| it.odd.names = NameForm::Blank),
    way("double-blank", 2, "has names with two blanks in a row", |it, _| {
        it.odd.names = NameForm::DoubleBlank;
    }),
    way("same-id", 3, "lists an entry twice on a page", |it, _| it.odd.twins = Some(Twins::Same)),
    way("same-id-other", 3, "lists two records with one id", |it, _| {
        it.odd.twins = Some(Twins::Renamed);
    }),
    way("same-id-later", 3, "lists an entry again on each later page", |it, random| {
        it.odd.twins = Some(Twins::AcrossPages);
        it.odd.pages.cap = Some(random.pick(&[10, 100]));
    }),
    way("scopes-twice", 2, "lists each scope of a token twice", |it, _| it.odd.scopes_twice = true),
    way("unreadable", 4, "has entries that cannot be read", |it, random| {
        it.odd.damage = Damage::Unreadable(random.pick(&[1, 5, 40]));
    }),
    way("revoke-unreadable", 4, "has them from the second load on", |it, random| {
        it.odd.damage = Damage::LaterUnreadable(random.pick(&[1, 2, 5]));
    }),
    way("members-partial", 3, "lists every second member, and the number of all", |it, _| {
        it.odd.members = Members::Partial;
    }),
    way("members-unreadable", 3, "has members that cannot be read", |it, _| {
        it.odd.members = Members::Unreadable;
    }),
    way("members-nested", 3, "has each member as a user in an object", |it, _| {
        it.odd.members = Members::Nested;
    }),
    way("nested", 1, "wraps lists in 10,000 objects", |it, _| it.odd.nesting = 10_000),
    // As many as fit into 8 MiB: it is never drawn.
    way("nested-deep", 0, "wraps lists in 900,000 objects", |it, _| it.odd.nesting = 900_000),
    way("padded", 1, "adds 10 kB of nothing to each token", |it, _| it.odd.padding = 10_000),
    way("aliases", 8, "has other names for fields", aliases),
];

fn aliases(variant: &mut Variant, random: &mut Random) {
    variant.id = random.pick(&["_id", "id", "tokenId", "$oid"]);
    variant.created = random.pick(&["created", "createdAt", "created_at"]);
    variant.expires = random.pick(&["expiresAt", "expires", "expires_at", "expiry"]);
    let used = ["lastUsed", "last_used_at", "lastUsedOn", "lastRequest", "lastSeenAt", "usedAt"];
    variant.last_used = Some(random.pick(&used));
}
