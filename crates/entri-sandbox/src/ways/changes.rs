//! Odd ways with revokes and creates, clocks and organizations.

use super::Way;
use super::lists::way;
use crate::forms::{CreateShape, DateHeader, RevokeAnswer};
use crate::oddities::{ActiveOrganization, Deletion, Tidy};

const DAY: i64 = 86_400;

pub(super) const WAYS: &[Way] = &[
    way("delete-404", 3, "answers a revoke with 404 and revokes nothing", |it, _| {
        it.odd.deletion = Deletion::NotFound { body: true };
    }),
    way("delete-404-empty", 2, "does so with an empty body", |it, _| {
        it.odd.deletion = Deletion::NotFound { body: false };
    }),
    way("delete-500-done", 3, "revokes and answers 500", |it, _| {
        it.odd.deletion = Deletion::Failed { done: true };
    }),
    way("delete-500", 3, "answers 500 and revokes nothing", |it, _| {
        it.odd.deletion = Deletion::Failed { done: false };
    }),
    way("delete-403-one", 3, "refuses to revoke the first token with 403", |it, _| {
        it.odd.deletion = Deletion::ForbiddenForOne;
    }),
    way("delete-429", 3, "answers the first try to revoke with 429, to wait a second", |it, _| {
        it.odd.deletion = Deletion::Throttled { wait: Some(1), times: 1 };
    }),
    way("delete-429-often", 2, "answers the first three tries so", |it, _| {
        it.odd.deletion = Deletion::Throttled { wait: Some(1), times: 3 };
    }),
    way("delete-429-always", 2, "answers every revoke with 429", |it, _| {
        it.odd.deletion = Deletion::Throttled { wait: None, times: u32::MAX };
    }),
    way("delete-dropped", 3, "revokes and drops the connection", |it, _| {
        it.odd.deletion = Deletion::Dropped;
    }),
    way("delete-late", 1, "revokes and answers 2 seconds later", |it, _| {
        it.odd.deletion = Deletion::Late(2_000);
    }),
    way("revoke-answer", 4, "answers a revoke in one of the usual ways", |it, random| {
        use RevokeAnswer::{Accepted, Empty, EmptyObject, Message};
        it.revoke = random.pick(&[Empty, EmptyObject, Message, Accepted]);
    }),
    way("create-wrapped", 3, "answers a create in a wrapping", |it, random| {
        it.create = random.pick(&[CreateShape::Wrapped("data"), CreateShape::Wrapped("token")]);
    }),
    way("create-tidied", 4, "tidies the name of a new token", |it, random| {
        use Tidy::{Collapse, Compose, Cut, Lower, NoBlanks};
        let tidy = random.pick(&[Collapse, NoBlanks, Cut, Lower, Compose]);
        it.odd.creation.tidy = Some(tidy);
    }),
    way("create-other", 3, "gives a new token another expiry and the scope *", |it, _| {
        it.odd.creation.other_terms = true;
    }),
    way("create-504", 3, "creates and answers 504", |it, _| it.odd.creation.unanswered = true),
    // What follows is never drawn: nobody who reads a list could tell.
    way(
        "create-most",
        0,
        "has no more than 48 tokens in the organization or a project",
        |it, _| {
            it.odd.creation.most = Some(48);
        },
    ),
    way("uses-hourly", 0, "rounds last uses down to the hour", |it, _| {
        it.odd.uses.step = 3_600;
    }),
    way("uses-late", 0, "shows last uses 10 minutes late", |it, _| it.odd.uses.lag = 600),
    way("uses-frozen", 0, "keeps no last uses, as if API use did not count", |it, _| {
        it.odd.uses.frozen = true;
    }),
    way("any-value", 0, "takes any value for an owner’s token", |it, _| it.odd.values.any = true),
    way("revoked-lingers", 0, "goes on accepting a revoked value for 90 seconds", |it, _| {
        it.odd.values.linger = 90;
    }),
    way("clock-ahead", 3, "has a clock some time ahead", |it, random| {
        it.date = DateHeader::Apart(random.pick(&[90, 3_600, 40 * DAY, 3_000 * DAY]));
    }),
    way("clock-behind", 3, "has a clock some time behind", |it, random| {
        it.date = DateHeader::Apart(-random.pick(&[90, 3_600, 40 * DAY, 3_000 * DAY]));
    }),
    way("clock-jumps", 2, "has a clock that is another in each answer", |it, random| {
        it.date = DateHeader::Jumps(random.pick(&[300, DAY]));
    }),
    way("clock-absurd", 2, "says that it is the year 262142", |it, _| {
        it.date = DateHeader::Says("Wed, 31 Dec 262142 23:59:59 GMT");
    }),
    way("clock-unreadable", 2, "says a time that cannot be read", |it, _| {
        it.date = DateHeader::Says("this evening");
    }),
    way("clock-missing", 2, "does not say what time it is", |it, _| it.date = DateHeader::Missing),
    way(
        "organization-switched",
        2,
        "is in another organization after the first requests",
        |it, random| {
            it.odd.active = ActiveOrganization::OtherAfter(random.pick(&[0, 2, 5]));
        },
    ),
    way("organizations-capped", 2, "lists 10 of 30 organizations, and not ours", |it, _| {
        it.odd.organizations.others = 29;
        it.odd.organizations.cap = Some(10);
    }),
];
