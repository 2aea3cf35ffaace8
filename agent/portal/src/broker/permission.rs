//! Whether a host's robots.txt lets a page be asked for, and at which pace.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::time::Instant;

use super::GrantedFetch;
use super::hop::{Errand, Hop, Journey, Outcome};
use super::robots::{Found, Rules, current};
use super::target::Target;
use crate::fetch::{FetchError, FetchRequest, FetchResponse, Method};

impl GrantedFetch {
    /// The gap to keep at a page that may be asked for. A person who accepted what
    /// a site's terms say against programs has decided what its robots.txt says too.
    pub(super) async fn permitted(&self, target: &Target) -> Result<Duration, FetchError> {
        let manners = &self.shared.manners;
        if self.grant.terms_accepted {
            return Ok(manners.gap);
        }
        let host = target.host();
        let rules = match self.robots(host).await? {
            Found::Rules(rules) => rules,
            Found::Unread { why } => {
                return Err(refused(format!(
                    "{host} has a robots.txt that cannot be read ({why}), so nothing of it is asked for before that file can be read"
                )));
            }
        };
        let url = target.url();
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if !rules.allow(&path) {
            return Err(refused(format!(
                "the robots.txt of {host} does not allow programs to read {}",
                url.path()
            )));
        }
        match rules.delay() {
            Some(delay) if delay > manners.longest_delay => Err(refused(format!(
                "the robots.txt of {host} asks for {} s between requests, more than the {} s that are waited at most",
                delay.as_secs(),
                manners.longest_delay.as_secs()
            ))),
            Some(delay) => Ok(delay.max(manners.gap)),
            None => Ok(manners.gap),
        }
    }

    async fn robots(&self, host: &str) -> Result<Found, FetchError> {
        let mut page = {
            let _waiting = self.waited.begin();
            self.shared.robots.of(host).await
        };
        if let Some(found) = current(&page, Instant::now()) {
            return Ok(found.clone());
        }
        let found = self.read_robots(host).await?;
        let manners = &self.shared.manners;
        let lasts = match &found {
            Found::Rules(_) => manners.robots,
            Found::Unread { .. } => manners.robots_unread,
        };
        *page = Some((found.clone(), Instant::now() + lasts));
        Ok(found)
    }

    /// Fetches the file through the same rules as a page. An error is none of the
    /// file's: the host asks to wait, or is left alone.
    async fn read_robots(&self, host: &str) -> Result<Found, FetchError> {
        let request = FetchRequest {
            method: Method::Get,
            url: format!("https://{host}/robots.txt"),
            body: Vec::new(),
        };
        let mut journey = Journey::default();
        let fetched = self.follow(Hop::first(request, Errand::Robots), &mut journey);
        match fetched.await {
            Ok(Some(response)) => Ok(self.read_answer(&response)),
            // It leads nowhere we may go, which is as if there were none.
            Ok(None) => Ok(Found::Rules(Arc::default())),
            Err(error @ (FetchError::Wait { .. } | FetchError::Blocked { .. })) => Err(error),
            Err(error) if journey.sent => Ok(Found::Unread {
                why: error.to_string(),
            }),
            Err(error) => Err(error),
        }
    }

    fn read_answer(&self, response: &FetchResponse) -> Found {
        match response.status {
            200..=299 => {
                let rules = Rules::parse(&response.body, &self.shared.product);
                Found::Rules(Arc::new(rules))
            }
            500.. => Found::Unread {
                why: format!("status {}", response.status),
            },
            // "Unavailable" by RFC 9309: everything may be read.
            _ => Found::Rules(Arc::default()),
        }
    }

    /// Boxed, because each hop may need a robots.txt, whose hops are hops.
    fn follow<'a>(
        &'a self,
        first: Hop,
        journey: &'a mut Journey,
    ) -> BoxFuture<'a, Result<Option<FetchResponse>, FetchError>> {
        Box::pin(async move {
            let limits = &self.shared.limits;
            let mut hop = first;
            loop {
                match self.repeatedly(&mut hop, journey).await? {
                    Outcome::Answer(response) => return Ok(Some(response)),
                    Outcome::Redirect(next) => hop = next,
                }
                let target = hop.target(limits.url_bytes);
                let goes = target.is_ok_and(|target| target.check_granted(&self.grant).is_ok());
                if !goes || hop.redirects > limits.redirects {
                    return Ok(None);
                }
            }
        })
    }
}

fn refused(why: String) -> FetchError {
    FetchError::Refused { why }
}
