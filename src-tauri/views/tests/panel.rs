//! Text about one token is safe to look at, in the panel and once it was created.

use token_desk::{
    Chip, Clocks, ConnectionId, Created, Date, Delivery, Details, Notes, Row, TokenKey,
};

use super::super::{CreatedView, DetailsView, QueryView};
use super::rows::{decision, listing, row};
use super::{HOSTILE, VISIBLE, at, now};

pub fn details() -> Details {
    Details {
        key: TokenKey { connection: ConnectionId(1), id: "t-1".into() },
        name: HOSTILE.to_owned(),
        project: None,
        chip: Chip::NotReported,
        scopes: vec![HOSTILE.to_owned()],
        created: Date::None,
        created_by: Some(HOSTILE.to_owned()),
        expires: Date::None,
        used_after_expiry: false,
        last_used: Date::None,
        last_used_reported: false,
        off_by: None,
        last_listed: None,
        preview: Some(HOSTILE.to_owned()),
        deliveries: vec![Delivery {
            to: HOSTILE.to_owned(),
            at: at("2026-11-24T14:00:00Z"),
            again: None,
        }],
        notes: Notes::default(),
        findings: Vec::new(),
        decision: Some(decision()),
        rotation: None,
        stuck: None,
    }
}

/// It is shown neither as a time nor as none.
#[test]
fn a_date_that_cannot_be_read_is_said_to_be_that() {
    let (clocks, date) = (Clocks::alike(now()), Date::Unreadable);
    let odd = Row { created: date, expires: date, last_used: date, ..row() };
    let view = QueryView::new(listing(vec![odd]), "nightly builds", 0, &clocks);
    let odd = Details { created: date, expires: date, last_used: date, ..details() };
    let details = DetailsView::new(odd, &clocks);
    let row = &view.rows[0];
    let cells = [&row.created, &row.expires, &row.last_used];
    for when in cells.into_iter().chain([&details.created, &details.expires, &details.last_used]) {
        assert_eq!((&*when.text, when.muted), ("Unreadable", false));
        assert!(when.title.as_deref().is_some_and(|why| why.contains("form")), "{when:?}");
    }
}

#[test]
fn the_panel_shows_what_a_server_hides() {
    let view = DetailsView::new(details(), &Clocks::alike(now()));
    assert_eq!((&*view.name, &*view.project), (VISIBLE, "Organization"));
    assert_eq!(view.scopes, [VISIBLE]);
    assert_eq!(view.created_by.as_deref(), Some(VISIBLE));
    assert_eq!(view.preview.as_deref(), Some(VISIBLE));
    assert_eq!((&*view.deliveries[0].to, &*view.deliveries[0].at.text), (VISIBLE, "2 min ago"));
    assert_eq!(view.expires.text, "Never");
    assert_eq!(view.created.text, "Not reported by this server");
}

#[test]
fn an_expiry_that_a_use_refutes_does_not_stand_alone() {
    let expires = Date::At(at("2026-11-01T00:00:00Z"));
    let text = |used_after_expiry| {
        let token = Details { expires, used_after_expiry, ..details() };
        DetailsView::new(token, &Clocks::alike(now())).expires.text
    };
    assert_eq!(text(true), format!("{}, and used since", text(false)));
}

/// "Never used" would be a claim, so usage that the server doesn't report is shown differently.
#[test]
fn no_use_is_not_the_same_as_no_report() {
    let text = |last_used_reported| {
        DetailsView::new(Details { last_used_reported, ..details() }, &Clocks::alike(now()))
            .last_used
            .text
    };
    assert_eq!(text(false), "Not reported by this server");
    assert_eq!(text(true), "Never used");
}

#[test]
fn a_new_token_shows_what_its_name_hides_and_never_its_value() {
    let created = Created {
        handle: 5,
        mask: "entri_••••1Td6".to_owned(),
        key: None,
        name: HOSTILE.to_owned(),
        expires: Date::At(at("2027-02-22T23:59:59Z")),
        scopes: vec!["a".to_owned(), HOSTILE.to_owned()],
        differs: None,
        rotation: None,
    };
    let view = CreatedView::from(created.clone());
    assert_eq!((&*view.name, &*view.expires_text), (VISIBLE, "Expires 22 Feb 2027"));
    assert_eq!(view.scopes_text, format!("a, {VISIBLE}"));
    let view =
        CreatedView::from(Created { expires: Date::None, scopes: vec![], ..created.clone() });
    assert_eq!((&*view.expires_text, &*view.scopes_text), ("Never expires", "no scopes listed"));
    let view = CreatedView::from(Created { expires: Date::Unreadable, ..created });
    assert_eq!(view.expires_text, "Expiry unreadable");
}
