//! Responses cut at every byte: the app never claims more about the outcome than it knows.

use std::sync::Arc;

use entri_api::{
    ApiToken, BaseUrl, Client, Error, NewToken, OrganizationId, Revocation, Secret, TokenOwner,
};
use entri_sandbox::Sandbox;
use test_support::proxy::{Fault, Proxy};
use tokio::task::JoinSet;

use crate::Scale;
use crate::bench::{alive, sandbox};
use crate::report::{Outcome, Report};

pub async fn run(Scale { step, .. }: Scale, report: &mut Report) {
    let sandbox = Arc::new(sandbox().await);
    let mut lists = JoinSet::new();
    for at in places("GET", &sandbox, step).await {
        // Each with a way of its own: a read that fails is tried again after a pause.
        let cut = Cut::new(&sandbox).await;
        lists.spawn(async move { cut.list(at).await });
    }
    report
        .add("list, response cut at every byte: never taken for complete", lists.join_all().await);
    let cut = Cut::new(&sandbox).await;
    let mut creates = Vec::new();
    for at in places("POST", &sandbox, step).await {
        creates.push(cut.create(at).await);
    }
    report.add("create, response cut at every byte: the right outcome", creates);
    let mut revokes = Vec::new();
    for at in places("DELETE", &sandbox, step).await {
        revokes.push(cut.revoke(at).await);
    }
    report.add("revoke, response cut at every byte: the right outcome", revokes);
}

/// Where to cut the answer to a request of this method: from before its first byte to after its
/// last one.
async fn places(method: &str, sandbox: &Arc<Sandbox>, step: usize) -> Vec<usize> {
    let cut = Cut::new(sandbox).await;
    match method {
        "POST" => drop(cut.made("measured").await),
        "DELETE" => {
            let id = sandbox.add_token("measured").expect("a token");
            cut.client.revoke_token(&cut.owner, &id.as_str().into()).await.expect("it is revoked");
        }
        _ => drop(cut.client.tokens(&cut.owner).next().await),
    }
    let length = cut.proxy.last_answer();
    (0..length).step_by(step).chain([length]).collect()
}

struct Cut {
    client: Client,
    owner: TokenOwner,
    sandbox: Arc<Sandbox>,
    proxy: Proxy,
}

impl Cut {
    async fn new(sandbox: &Arc<Sandbox>) -> Self {
        let ready = sandbox.ready();
        let proxy = Proxy::before(&ready.base_url).await;
        let key = ApiToken::parse(Secret::new(ready.admin_token.clone())).expect("a key");
        let url = BaseUrl::parse(&proxy.url()).expect("an address");
        Self {
            client: Client::new(url, key).expect("a client"),
            owner: TokenOwner::Organization(OrganizationId(ready.org_id.clone())),
            sandbox: Arc::clone(sandbox),
            proxy,
        }
    }

    async fn made(&self, name: &str) -> Result<entri_api::CreatedToken, Error> {
        let new = NewToken { name: name.to_owned(), scopes: Vec::new(), expires_at: None };
        self.client.create_token(&self.owner, &new).await
    }

    async fn create(&self, at: usize) -> Outcome {
        self.proxy.plan("POST", Fault::CutAnswer { at, reset: false });
        let name = format!("cut-{at}");
        let made = self.made(&name).await;
        let alive = alive(&self.sandbox, &name);
        let whole = at >= self.proxy.last_answer();
        match made {
            Ok(made) if whole && alive == [made.token.id.0.clone()] => Ok(()),
            Err(Error::OutcomeUnknown { .. } | Error::UnreadableCreate { .. }) if !whole => Ok(()),
            other => Err(format!("create cut at {at}: {:?}", other.map(|made| made.token.id))),
        }
    }

    async fn revoke(&self, at: usize) -> Outcome {
        let name = format!("revoke-cut-{at}");
        let id = self.sandbox.add_token(&name).expect("a token");
        self.proxy.plan("DELETE", Fault::CutAnswer { at, reset: false });
        let revoked = self.client.revoke_token(&self.owner, &id.as_str().into()).await;
        let gone = alive(&self.sandbox, &name).is_empty();
        match revoked {
            Ok(Revocation::Revoked) if gone => Ok(()),
            Err(Error::OutcomeUnknown { .. }) if at < self.proxy.last_answer() => Ok(()),
            other => Err(format!("revoke cut at {at}: {other:?}, gone: {gone}")),
        }
    }

    async fn list(&self, at: usize) -> Outcome {
        // A read that fails is tried again: each try is cut.
        self.proxy.plan_always("GET", Fault::CutAnswer { at, reset: false });
        let page = self.client.tokens(&self.owner).next().await;
        let whole = alive_count(&self.sandbox);
        match page {
            Ok(Some(page)) if page.items.len() == whole => Ok(()),
            Err(_) if at < self.proxy.last_answer() => Ok(()),
            other => Err(format!(
                "list cut at {at}: {:?} of {whole}",
                other.map(|page| page.map(|page| page.items.len()))
            )),
        }
    }
}

/// How many tokens the organization itself has.
fn alive_count(sandbox: &Sandbox) -> usize {
    let truth = sandbox.truth().expect("the sandbox tells");
    truth.iter().filter(|token| !token.revoked && token.project_id.is_none()).count()
}
