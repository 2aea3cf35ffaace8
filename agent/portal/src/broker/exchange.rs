//! One exchange with a host: what has to hold before a request leaves, the answer
//! under limits, and what the domain is remembered by.
#![deny(clippy::indexing_slicing)]

use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::{Request, Response};
use tokio::time::{Instant, timeout_at};

use super::body::{self, out_of_time, too_much};
use super::domain::registrable;
use super::heads::{asked_to_wait, content_type, header_bytes, location, size};
use super::hop::{Errand, Hop, Journey, Outcome};
use super::ledger::Attempt;
use super::pages::{self, Page, Validators};
use super::standing::Verdict;
use super::target::Target;
use super::turns::wait;
use super::{GrantedFetch, challenge, robots};
use crate::fetch::{FetchError, FetchResponse, Method};

/// A request on its way, and what its answer is read by.
struct Underway<'a> {
    hop: &'a Hop,
    target: &'a Target,
    /// What was kept of the page before.
    page: Option<Page>,
    deadline: Instant,
}

/// What is learned while an answer is read, also when that fails.
struct Learned {
    verdict: Verdict,
    may_repeat: bool,
}

impl GrantedFetch {
    /// Takes one hop and records it.
    pub(super) async fn take(
        &self,
        hop: &Hop,
        journey: &mut Journey,
    ) -> Result<Outcome, FetchError> {
        let purpose = match hop.errand {
            Errand::Page => self.purpose.as_str(),
            Errand::Robots => robots::PURPOSE,
        };
        let mut attempt = Attempt::open(
            self.shared.ledger.clone(),
            &self.grant.plugin,
            purpose,
            (hop.request.method, &hop.request.url),
        );
        let outcome = self.attempt(hop, journey, &mut attempt).await;
        attempt.end(outcome.as_ref().err());
        outcome
    }

    async fn attempt(
        &self,
        hop: &Hop,
        journey: &mut Journey,
        attempt: &mut Attempt,
    ) -> Result<Outcome, FetchError> {
        (journey.sent, journey.may_repeat) = (false, false);
        let shared = &self.shared;
        let limits = &shared.limits;
        let target = hop.target(limits.url_bytes)?;
        attempt.target(target.url().as_str(), target.host());
        target.check_granted(&self.grant)?;
        if hop.redirects > limits.redirects {
            return Err(too_much(format!("{} redirects", limits.redirects)));
        }
        let mut request = hop.request(&target, &shared.headers, limits)?;
        let page = self.kept(hop, &target).await;
        if let Some(page) = &page {
            if page.stands((shared.wall)()) {
                attempt.not_asked();
                return Ok(Outcome::Answer(answer(&target, page.clone())));
            }
            request
                .headers_mut()
                .extend(pages::conditions(&page.head.validators));
        }
        let gap = match hop.errand {
            Errand::Page => self.permitted(&target).await?,
            Errand::Robots => shared.manners.gap,
        };

        let pause = shared
            .budget
            .pause(hop.repeated, gap, shared.manners.jitter);
        let domain = registrable(target.host());
        let turn = shared.turns.take(domain, pause, &self.waited).await?;
        shared.budget.asked();
        journey.sent = true;
        let started = Instant::now();
        let underway = Underway {
            hop,
            target: &target,
            page,
            deadline: started + limits.whole.saturating_sub(journey.spent),
        };
        let mut learned = Learned {
            verdict: Verdict::Nothing,
            may_repeat: false,
        };
        let result = self
            .exchange(request, underway, attempt, &mut learned)
            .await;
        journey.spent += started.elapsed();
        let asks_again = turn.end(learned.verdict).await;
        journey.may_repeat = learned.may_repeat && asks_again;
        result
    }

    async fn exchange(
        &self,
        request: Request,
        underway: Underway<'_>,
        attempt: &mut Attempt,
        learned: &mut Learned,
    ) -> Result<Outcome, FetchError> {
        let Underway {
            hop,
            target,
            page,
            deadline,
        } = underway;
        let response = self.send(request, deadline, attempt, learned).await?;
        let status = response.status().as_u16();
        if let Some(pause) = asked_to_wait(&response, (self.shared.wall)().into()) {
            learned.verdict = Verdict::Asks(pause);
            return Err(wait(pause));
        }
        learned.verdict = match status {
            429 | 500.. => Verdict::Failed(format!("status {status}")),
            _ if hop.errand == Errand::Robots => Verdict::Speaks,
            _ => Verdict::Well,
        };
        learned.may_repeat = matches!(status, 502..=504);
        if let Some(sign) = challenge::in_head(status, response.headers()) {
            return Err(challenged(target, sign, learned));
        }
        if let Some(location) = location(&response)? {
            let next = hop.redirected(target.clone(), status, location);
            let limit = self.shared.limits.url_bytes;
            if next
                .target(limit)
                .is_ok_and(|to| challenge::is_login(target.url(), to.url()))
            {
                return Err(FetchError::Blocked {
                    host: target.host().to_owned(),
                    sign: "its login page".to_owned(),
                });
            }
            return Ok(Outcome::Redirect(next));
        }
        if let (304, Some(page)) = (status, page) {
            let page = self.renewed(page, &response).await;
            return Ok(Outcome::Answer(answer(target, page)));
        }
        let content_type = content_type(response.headers());
        let headers = response.headers().clone();
        let limits = &self.shared.limits;
        let body = match body::read(response, limits, deadline, attempt.received()).await {
            Ok(body) => body,
            Err(error) => {
                if let FetchError::Failed { why } = &error {
                    learned.verdict = Verdict::Failed(why.clone());
                    learned.may_repeat = true;
                }
                return Err(error);
            }
        };
        if let Some(sign) = challenge::in_body(status, &content_type, &body) {
            return Err(challenged(target, sign, learned));
        }
        if status == 429 {
            return Err(FetchError::Wait { seconds: None });
        }
        let response = FetchResponse {
            status,
            url: target.url().as_str().to_owned(),
            content_type,
            body,
        };
        self.keep(hop, &headers, &response).await;
        Ok(Outcome::Answer(response))
    }

    /// Sends, and reads the answer's head.
    async fn send(
        &self,
        request: Request,
        deadline: Instant,
        attempt: &mut Attempt,
        learned: &mut Learned,
    ) -> Result<Response, FetchError> {
        let limits = &self.shared.limits;
        let patience = deadline.min(Instant::now() + limits.connect + limits.headers);
        attempt.sent(size(&request));
        let response = match timeout_at(patience, self.shared.transport.send(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(no_answer)) => {
                if !no_answer.sent {
                    attempt.not_sent();
                }
                if let FetchError::Failed { why } = &no_answer.error {
                    learned.verdict = Verdict::Failed(why.clone());
                    learned.may_repeat = true;
                }
                return Err(no_answer.error);
            }
            Err(_) => {
                learned.verdict = Verdict::Failed("it does not answer in time".to_owned());
                return Err(if patience == deadline {
                    out_of_time(limits)
                } else {
                    too_much("the server answers too slowly".to_owned())
                });
            }
        };
        attempt.status(response.status().as_u16());
        let headers = header_bytes(response.headers());
        attempt
            .received()
            .fetch_add(headers as u64, Ordering::Relaxed);
        if response.headers().len() > limits.header_count || headers > limits.header_bytes {
            return Err(too_much(format!(
                "response headers are at most {} and {} bytes",
                limits.header_count, limits.header_bytes
            )));
        }
        Ok(response)
    }

    /// What is kept of the page that a hop asks for.
    async fn kept(&self, hop: &Hop, target: &Target) -> Option<Page> {
        self.shared.pages.as_ref()?.get(hop.keeps(target)?).await
    }

    /// Keeps an answer where it may be of use again, and otherwise what was kept
    /// of it no longer.
    async fn keep(&self, hop: &Hop, headers: &reqwest::header::HeaderMap, answer: &FetchResponse) {
        let Some(folder) = &self.shared.pages else {
            return;
        };
        let now = (self.shared.wall)();
        let lasts = pages::lasts(headers, now.into());
        let validators = Validators::of(headers);
        let useful = !validators.is_empty() || lasts > Duration::ZERO;
        let until = now.checked_add(lasts).unwrap_or(now);
        match (hop.request.method, answer.status) {
            (Method::Get, 200) if useful && pages::may_keep(headers) => {
                let body = answer.body.clone();
                let times = (now, until);
                let page = Page::new(&answer.url, &answer.content_type, validators, times, body);
                folder.put(page).await;
            }
            // What a fault says is nothing of the page.
            (Method::Get, 500..) => {}
            (Method::Get | Method::PostJson | Method::PostForm, _) => {
                folder.remove(&answer.url).await;
            }
        }
    }

    /// A page that its server vouched for once more.
    async fn renewed(&self, mut page: Page, response: &Response) -> Page {
        let now = (self.shared.wall)();
        let lasts = pages::lasts(response.headers(), now.into());
        page.head.at = now;
        page.head.until = now.checked_add(lasts).unwrap_or(now);
        let Validators {
            etag,
            last_modified,
        } = Validators::of(response.headers());
        let known = &mut page.head.validators;
        known.etag = etag.or(known.etag.take());
        known.last_modified = last_modified.or(known.last_modified.take());
        if lasts > Duration::ZERO
            && let Some(folder) = &self.shared.pages
        {
            folder.put(page.clone()).await;
        }
        page
    }
}

fn answer(target: &Target, page: Page) -> FetchResponse {
    FetchResponse {
        status: 200,
        url: target.url().as_str().to_owned(),
        content_type: page.head.content_type,
        body: page.body,
    }
}

fn challenged(target: &Target, sign: &str, learned: &mut Learned) -> FetchError {
    learned.verdict = Verdict::Challenged(sign.to_owned());
    learned.may_repeat = false;
    FetchError::Blocked {
        host: target.host().to_owned(),
        sign: sign.to_owned(),
    }
}
