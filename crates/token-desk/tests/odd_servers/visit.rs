//! What the admin sees at a drawn server: connects, reads the list, comes back, saves a report.

use std::collections::HashSet;

use token_desk::{
    ConnectRequest, CredentialRequest, Desk, OrganizationId, Persistence, Report, Secret, Step,
};

use crate::counts::Fault;
use crate::rig::{FIRST, Rig};

impl Rig {
    pub async fn check(&mut self) {
        let Some(desk) = self.visit().await else { return };
        drop(desk);
        if self.seed.is_multiple_of(2) {
            self.revoke_elsewhere();
        }
        let Some(desk) = self.visit().await else { return };
        self.revoke(&desk).await;
        self.bulk_revoke(&desk).await;
        self.check_journal(&desk).await;
        drop(desk);
        self.visit().await;
    }

    /// Starts the app, connects, and loads the list; `None` if it cannot connect.
    async fn visit(&mut self) -> Option<Desk> {
        let now = self.later();
        let desk = Desk::open(self.folder.path(), now).unwrap();
        let ready = self.sandbox.ready();
        let credential = if self.seed % 4 == 3 {
            CredentialRequest::Cookie(Secret::new(self.sandbox.session_cookie()))
        } else {
            CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone()))
        };
        let request = ConnectRequest {
            address: ready.base_url.clone(),
            credential,
            organization_id: Some(OrganizationId(ready.org_id.clone())),
        };
        match desk.connect(request, Persistence::Remember, now).await {
            Ok(Step::Connected(_)) => {}
            _ => return None,
        }
        self.look(&desk).await;
        Some(desk)
    }

    /// Loads the list, and checks everything that is reported about it.
    async fn look(&mut self, desk: &Desk) {
        let (now, since) = (self.later(), self.sandbox.request_count());
        if !desk.sync(FIRST, now).await {
            return;
        }
        let status = desk.status();
        let status = status.of(FIRST).unwrap();
        let listed: HashSet<_> = self.rows(desk).into_iter().map(|row| row.key.id.0).collect();
        self.found.lists += 1;
        self.found.whole += u64::from(status.list.complete());
        self.check_whole(status.list.complete(), since, &listed);
        if self.variant.provable() && !status.list.complete() {
            self.fault(Fault::Provable, &format!("{:?}", status.list.gaps));
        }
        self.check_requests(since);
        let vanished = status.news.iter().flat_map(|news| &news.vanished);
        for token in vanished.filter(|token| self.lives(&token.id.0)).cloned().collect::<Vec<_>>() {
            self.fault(Fault::NotGone, &format!("vanished: {}", token.id));
        }
        for id in self.listed.clone() {
            if self.lives(&id) && !listed.contains(&id) {
                self.fault(Fault::NotGone, &format!("its row is gone: {id}"));
            }
        }
        self.check_tokens(desk, status.list.complete());
        self.listed.extend(listed);
        let report = desk.report("a version", now);
        self.check_report(&report, since);
    }

    fn check_whole(&mut self, whole: bool, since: u64, listed: &HashSet<String>) {
        let projects = self.sandbox.ready().project_ids.clone();
        for project in projects.iter().map(|id| Some(&**id)).chain([None]).filter(|_| whole) {
            let ids = listed.iter().map(String::as_str);
            let lacking = self.sandbox.lacking(project, since, ids).unwrap();
            if !lacking.is_empty() {
                self.fault(Fault::NotWhole, &format!("lacks {} of {project:?}", lacking.len()));
            }
        }
    }

    /// Each list of tokens takes one request for each of its pages, and one more at most.
    fn check_requests(&mut self, since: u64) {
        if !self.variant.provable() {
            return;
        }
        let ready = self.sandbox.ready().clone();
        let projects = ready.project_ids.iter().map(|id| Some(&**id));
        for project in projects.chain([None]) {
            let path = match project {
                Some(id) => format!("/projects/{id}/tokens"),
                None => format!("/organizations/{}/tokens", ready.org_id),
            };
            let (asked, pages) = (self.asked_since(since, &path), self.pages(project));
            self.found.beyond += asked.saturating_sub(pages);
            if asked > pages + 1 {
                let says = format!("{asked} requests for {pages} pages of {path}");
                self.fault(Fault::Provable, &says);
            }
        }
    }

    fn check_tokens(&mut self, desk: &Desk, whole: bool) {
        let truth = self.truth();
        for row in self.rows(desk) {
            let id = &row.key.id.0;
            // The last-known record of a token that was used since is unchanged.
            let (Some(token), false) = (truth.get(id), !whole && self.touched.contains(id)) else {
                continue;
            };
            let details = desk.details(&row.key, self.now).unwrap();
            let known = self.known(token);
            self.found.judged += 1;
            let rules = details.findings.iter().map(|finding| finding.rule.id());
            let wrong: Vec<_> = rules.filter(|rule| !known.finding(rule)).collect();
            let chips: Vec<_> =
                [row.chip, details.chip].into_iter().filter(|it| !known.chip(*it)).collect();
            let dates = known.dates([row.created, row.expires, row.last_used]);
            if !wrong.is_empty() || !chips.is_empty() || !dates {
                self.fault(Fault::NotKnown, &format!("{id}: {wrong:?} {chips:?} {:?}", known.told));
            }
        }
    }

    fn check_report(&mut self, report: &Report, since: u64) {
        let listed: HashSet<_> = report.tokens.iter().map(|token| token.id.clone()).collect();
        self.check_whole(report.complete, since, &listed);
        let truth = self.truth();
        for entry in &report.tokens {
            let (Some(token), false) = (truth.get(&entry.id), self.touched.contains(&entry.id))
            else {
                continue;
            };
            let known = self.known(token);
            let wrong: Vec<_> = entry.findings.iter().filter(|rule| !known.finding(rule)).collect();
            if !wrong.is_empty() {
                self.fault(
                    Fault::NotKnown,
                    &format!("in the report, {}: {wrong:?} {:?}", entry.id, known.told),
                );
            }
        }
    }
}
