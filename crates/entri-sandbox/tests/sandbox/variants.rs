//! In whatever tolerated way the sandbox answers, the client reads the same list
//! (docs/entri-api.md#tolerance).

use entri_api::{
    ApiToken, BaseUrl, Client, Date, NewToken, OrganizationId, ProjectId, Revocation, Secret,
    Token, TokenOwner,
};
use entri_sandbox::RevokeAnswer::{Accepted, Empty, EmptyObject, Message, NoContent};
use entri_sandbox::{CreateShape, DateForm, ListShape, Prefix, StoredToken, Variant};

use crate::support::Bench;

fn client(bench: &Bench) -> Client {
    let ready = bench.sandbox.ready();
    let key = ApiToken::parse(Secret::new(ready.admin_token.clone())).unwrap();
    Client::new(BaseUrl::parse(&ready.base_url).unwrap(), key).unwrap()
}

fn organization(bench: &Bench) -> TokenOwner {
    TokenOwner::Organization(OrganizationId(bench.sandbox.ready().org_id.clone()))
}

async fn listed(bench: &Bench) -> Vec<Token> {
    let client = client(bench);
    let mut tokens = Vec::new();
    let projects = bench.sandbox.ready().project_ids.iter();
    let projects = projects.map(|id| TokenOwner::Project(ProjectId(id.clone())));
    for owner in projects.chain([organization(bench)]) {
        let list = client.tokens(&owner).collect_all().await.unwrap();
        assert!(list.completeness.proof().is_some(), "{owner:?}");
        tokens.extend(list.items);
    }
    tokens.sort_by(|a, b| a.id.cmp(&b.id));
    tokens
}

fn every_variant() -> Vec<Variant> {
    let one = Variant::default;
    let mut all = vec![one(), Variant { prefix: Prefix::VersionedOnly, ..one() }];
    let named = ["tokens", "apiTokens", "items", "results", "docs"].map(ListShape::Named);
    let lists = [ListShape::WithoutMeta, ListShape::Array].into_iter().chain(named);
    all.extend(lists.map(|list| Variant { list, ..one() }));
    all.extend(["id", "tokenId", "$oid"].map(|id| Variant { id, ..one() }));
    all.extend(["createdAt", "created_at"].map(|created| Variant { created, ..one() }));
    all.extend(["expires", "expires_at", "expiry"].map(|expires| Variant { expires, ..one() }));
    let used = [
        "lastUsed",
        "last_used_at",
        "lastUsedOn",
        "lastUse",
        "lastRequest",
        "lastAccessedAt",
        "lastActiveAt",
        "lastSeenAt",
        "usedAt",
    ];
    all.extend(used.map(|name| Variant { last_used: Some(name), ..one() }));
    let dates = [DateForm::IsoOffset, DateForm::Milliseconds, DateForm::Seconds, DateForm::Mongo];
    all.extend(dates.map(|dates| Variant { dates, ..one() }));
    all.push(Variant {
        list: ListShape::Array,
        id: "$oid",
        created: "created_at",
        expires: "expiry",
        last_used: Some("lastSeenAt"),
        dates: DateForm::Seconds,
        prefix: Prefix::VersionedOnly,
        ..one()
    });
    all
}

fn assert_same(token: &Token, truth: &StoredToken, variant: &Variant) {
    type Facts<'a> = (&'a str, &'a str, Option<&'a str>, &'a [String]);
    let project = token.project_id.as_ref().map(|id| &*id.0);
    let read: Facts<'_> = (&token.id.0, &token.name, project, &token.scopes);
    let known: Facts<'_> = (&truth.id, &truth.name, truth.project_id.as_deref(), &truth.scopes);
    assert_eq!(read, known, "{variant:?}");
    let read = [token.created_at, token.expires_at, token.last_used_at];
    let known = [Some(truth.created), truth.expires, truth.last_used];
    let known = known.map(|time| time.map_or(Date::None, Date::At));
    assert_eq!(read, known, "{variant:?}");
    assert_eq!((token.last_used_reported, token.revoked), (true, truth.revoked), "{variant:?}");
    assert_eq!(token.preview.as_deref(), Some(&*truth.last4), "{variant:?}");
}

#[tokio::test]
async fn the_same_list_is_read_from_every_form() {
    let bench = Bench::with(1_000, &Variant::default()).await;
    for variant in every_variant() {
        bench.sandbox.set_variant(variant);
        let read = listed(&bench).await;
        let mut truth = bench.sandbox.truth().unwrap();
        truth.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(read.len(), 1_000, "{variant:?}");
        read.iter().zip(&truth).for_each(|(token, truth)| assert_same(token, truth, &variant));
    }
}

#[tokio::test]
async fn what_is_not_said_is_unknown_and_no_error() {
    let bench = Bench::new().await;
    bench.sandbox.set_variant(Variant { dates: DateForm::Broken, ..Variant::default() });
    let unknown = |it: &Token| {
        let rest = [it.expires_at, it.last_used_at];
        it.created_at == Date::Unreadable
            && rest.iter().all(|date| date.at().is_none())
            && it.last_used_reported
    };
    assert!(listed(&bench).await.iter().all(unknown));
    bench.sandbox.set_variant(Variant { last_used: None, ..Variant::default() });
    assert!(
        listed(&bench)
            .await
            .iter()
            .all(|it| !it.last_used_reported && it.created_at.at().is_some())
    );
}

#[tokio::test]
async fn revoked_tokens_may_stay_in_the_list() {
    let bench = Bench::new().await;
    bench.sandbox.set_variant(Variant { revoked_listed: true, ..Variant::default() });
    let truth = bench.sandbox.truth().unwrap();
    let id = &truth.iter().find(|it| it.project_id.is_none() && it.last_used.is_none()).unwrap().id;
    client(&bench).revoke_token(&organization(&bench), &id.as_str().into()).await.unwrap();
    let tokens = listed(&bench).await;
    assert_eq!(tokens.len(), 48);
    assert!(tokens.iter().all(|token| token.revoked == (token.id.0 == *id)));
}

#[tokio::test]
async fn every_answer_to_a_create_and_a_revoke_is_read() {
    let bench = Bench::new().await;
    let owner = organization(&bench);
    let forms = [CreateShape::Flat, CreateShape::Wrapped("data"), CreateShape::Wrapped("token")];
    for revoke in [NoContent, Empty, EmptyObject, Message, Accepted] {
        for create in forms {
            bench.sandbox.set_variant(Variant { create, revoke, ..Variant::default() });
            let client = client(&bench);
            let new = NewToken { name: "a".into(), scopes: vec![], expires_at: None };
            let created = client.create_token(&owner, &new).await.unwrap();
            let truth = bench.truth(&created.token.id.0);
            assert!(created.secret.expose().ends_with(&truth.last4), "{create:?}");
            let revoked = client.revoke_token(&owner, &created.token.id).await.unwrap();
            assert_eq!(revoked, Revocation::Revoked, "{revoke:?}");
            assert!(bench.truth(&created.token.id.0).revoked, "{revoke:?}");
        }
    }
}
