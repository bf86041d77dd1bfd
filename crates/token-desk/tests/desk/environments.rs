//! The same name in two environments.

use entri_sandbox::Variant;
use token_audit::Rule;
use token_desk::{
    Appearance, ConnectionId, DecideRequest, DecisionKind, Desk, Environment, Expiry,
    RevokeRequest, Row, Shown, TokenKey,
};

use crate::support::{Bench, FIRST, alone, by_rule, connect_to, now, rows, sandbox, synced};

/// The tokens found, by connection and name, after checking that the details of each token agree.
fn found(desk: &Desk) -> Vec<(u32, String)> {
    let rule = Rule::NameAcrossEnvironments;
    let named = desk.query(&by_rule(rule), 0, 200, None, now()).rows;
    let said = |key: &TokenKey| {
        let details = desk.details(key, now()).unwrap();
        details.findings.iter().any(|finding| finding.rule == rule)
    };
    for row in rows(desk) {
        assert_eq!(said(&row.key), named.contains(&row), "{row:?}");
    }
    let mut found: Vec<_> = named.into_iter().map(|row| (row.key.connection.0, row.name)).collect();
    found.sort();
    found
}

async fn label(desk: &Desk, id: ConnectionId, environment: Environment) {
    let appearance = Appearance { label: "Second".to_owned(), environment, color: 1 };
    desk.change_appearance(id, appearance, now()).await.unwrap();
}

#[test]
fn a_name_in_two_environments_is_found_once_in_each() {
    alone(async {
        let bench = Bench::loaded().await;
        // The first five names of the other one, and a sixth that differs in one letter.
        let other = sandbox(9, 5).await;
        other.add_token("gitlab-cl").unwrap();
        let second = connect_to(&bench.desk, &other).await;
        bench.desk.show(Shown::All, now()).await.unwrap();
        assert_eq!(found(&bench.desk), [], "both are called production");

        label(&bench.desk, second, Environment::Staging).await;
        let names = [
            "Entri Tokens app",
            "Release pipeline",
            "github-actions-web",
            "gitlab-ci",
            "gitlab-ci (r2)",
        ];
        let in_both = |names: &[&str]| -> Vec<(u32, String)> {
            let of = |id: ConnectionId| names.iter().map(move |it| (id.0, (*it).to_owned()));
            of(FIRST).chain(of(second)).collect()
        };
        assert_eq!(found(&bench.desk), in_both(&names));
        let reopened = bench.reopened();
        assert_eq!(found(&reopened), found(&bench.desk));
        for id in [FIRST, second] {
            bench.desk.show(Shown::One(id), now()).await.unwrap();
            assert_eq!(found(&bench.desk), [], "what is not shown is not compared");
        }
        bench.desk.show(Shown::All, now()).await.unwrap();

        // A token that no longer works can't be confused with another.
        let theirs = |row: &&Row| row.key.connection == second && row.name == "gitlab-ci";
        let key = rows(&bench.desk).iter().find(theirs).unwrap().key.clone();
        let seen = bench.desk.preview_revoke(&key, now()).unwrap().seen;
        let revoke = RevokeRequest { key, seen, typed: Some("gitlab-ci".to_owned()) };
        bench.desk.revoke(revoke, now()).await.unwrap();
        other.set_variant(Variant { revoked_listed: true, ..Variant::default() });
        synced(&bench.desk).await;
        assert_eq!(rows(&bench.desk).len(), 48 + 6, "it is still listed");
        assert_eq!(found(&bench.desk), in_both(&[&names[..3], &names[4..]].concat()));
        label(&bench.desk, second, Environment::Production).await;
        assert_eq!(found(&bench.desk), []);
    });
}

#[test]
fn what_is_decided_does_not_depend_on_what_is_shown() {
    alone(async {
        let bench = Bench::loaded().await;
        let other = sandbox(9, 5).await;
        let second = connect_to(&bench.desk, &other).await;
        label(&bench.desk, second, Environment::Staging).await;
        bench.desk.show(Shown::One(FIRST), now()).await.unwrap();
        let key = TokenKey { connection: FIRST, id: bench.id_of("gitlab-ci").as_str().into() };
        let request = DecideRequest {
            keys: vec![key.clone()],
            kind: DecisionKind::Keep,
            until: Expiry::Days(30),
            reason: "one for each".to_owned(),
        };
        bench.desk.decide(request, now()).await.unwrap();
        let decision = bench.desk.details(&key, now()).unwrap().decision.unwrap();
        assert!(decision.rules.contains(Rule::NameAcrossEnvironments), "{decision:?}");
        bench.desk.show(Shown::All, now()).await.unwrap();
        let open = bench.desk.query(&by_rule(Rule::NameAcrossEnvironments), 0, 200, None, now());
        assert!(open.rows.iter().all(|row| row.key != key), "it was decided on");
    });
}
