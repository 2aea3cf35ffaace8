//! What becomes of a request that interception paused.

use url::Url;

use super::{
    Gate,
    journal::Entry,
    leak,
    phase::{Admission, Machine, Phase},
    request::{Decision, PausedRequest},
};

/// Addresses that lead nowhere: what they name is in the browser already.
const LOCAL: [&str; 5] = ["data", "blob", "about", "chrome", "chrome-extension"];

/// What the phase alone says of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Judged {
    /// It goes on.
    Pass,
    /// It asks whether the release would be allowed.
    Preflight,
    /// It goes to a challenge's host: nothing of the person may be in it.
    Challenge,
    /// It goes where the release of this number goes.
    Due(usize),
    /// It fails.
    Refuse(&'static str),
}

impl Gate {
    /// Decides a paused request. For the approved one this returns when every
    /// old tunnel is cut, the journal says so and the proxy is armed.
    pub async fn decide(&self, request: &PausedRequest) -> Decision {
        let url = Url::parse(&request.url).ok();
        let judged = match &url {
            None => Judged::Refuse("its address cannot be read"),
            Some(url) => self.shared.look(|machine| judge(machine, request, url)),
        };
        let refused = match (judged, &url) {
            (Judged::Pass, _) => return Decision::Continue,
            (Judged::Preflight, _) => return Decision::Preflight(allowing(request)),
            (Judged::Challenge, _) => match self.is_clean(request).await {
                true => return Decision::Continue,
                false => "it would carry something of the person to a challenge's host".to_owned(),
            },
            (Judged::Due(release), Some(url)) => match self.release(release, request, url).await {
                Ok(()) => return Decision::Release,
                Err(why) => why,
            },
            (Judged::Due(_), None) => "its address cannot be read".to_owned(),
            (Judged::Refuse(why), _) => why.to_owned(),
        };
        // The query may carry what the person typed; a log must not.
        let (what, host) = match &url {
            Some(url) => {
                let host = url.host_str().unwrap_or_default();
                let what = format!("{} {}://{host}{}", request.method, url.scheme(), url.path());
                (what, Some(host))
            }
            None => (request.method.clone(), None),
        };
        self.shared.refuse_request(what, &refused, host);
        Decision::Fail(refused)
    }

    /// Lets `request` out as the release of this number, if it is.
    async fn release(
        &self,
        release: usize,
        request: &PausedRequest,
        url: &Url,
    ) -> Result<(), String> {
        let place = self.permitted.lock().await;
        let permitted = place.as_ref().ok_or("nothing was approved")?;
        if !self.shift(&Phase::Waiting(release), Phase::Checking(release)) {
            return Err("another request was taken for the release".to_owned());
        }
        if let Err(why) = permitted.check(release, request).await {
            self.shift(&Phase::Checking(release), Phase::Waiting(release));
            return Err(why);
        }
        self.shared.set_journal(permitted.journal());
        if let Err(error) = permitted.write(Entry::Armed, release).await {
            self.shift(&Phase::Checking(release), Phase::Closed);
            return Err(format!("the journal could not be written: {error}"));
        }
        let body = request.body.shown().len() as u64 + permitted.least_files(request.body.files());
        let admission = self.shared.look(|machine| {
            let target = machine.targets.get(release)?;
            Some(Admission {
                release,
                host: target.host().to_owned(),
                least: body + target.least_head(url),
            })
        });
        let admission = admission.ok_or("nothing was approved")?;
        // Last: between the browser's rest and the admission nothing else is done.
        self.shared.drain().await;
        if !self.shift(&Phase::Checking(release), Phase::Armed(admission)) {
            return Err("the gate was shut meanwhile".to_owned());
        }
        Ok(())
    }

    /// Goes from one phase to another; `false` when the gate is in neither.
    fn shift(&self, from: &Phase, to: Phase) -> bool {
        self.shared.change(|machine| {
            let there = machine.phase == *from;
            if there {
                machine.phase = to;
            }
            there
        })
    }

    async fn is_clean(&self, request: &PausedRequest) -> bool {
        let place = self.permitted.lock().await;
        let Some(permitted) = place.as_ref() else {
            return false;
        };
        let body = &request.body;
        let seen = !body.present || (!body.parts.is_empty() && body.files() == 0);
        let personal = permitted.personal();
        seen && !leak::holds_any(request.url.as_bytes(), &personal)
            && !leak::holds_any(&body.shown(), &personal)
    }
}

fn judge(machine: &Machine, request: &PausedRequest, url: &Url) -> Judged {
    if LOCAL.contains(&url.scheme()) {
        return Judged::Pass;
    }
    let Some(host) = url.host_str().filter(|_| url.scheme() == "https") else {
        return Judged::Refuse("only https may pass");
    };
    if request.header("service-worker").is_some() {
        // It would make requests that no interception sees.
        return Judged::Refuse("service workers may not be installed");
    }
    let reads = matches!(request.method.as_str(), "GET" | "HEAD");
    match &machine.phase {
        Phase::Load if machine.is_page(host) || machine.is_helper(host) => Judged::Pass,
        Phase::Load => Judged::Refuse("the form's recipe does not name this host"),
        Phase::Waiting(release) => match machine.targets.get(*release) {
            Some(target) if target.is_at(url) && request.method == target.method() => {
                Judged::Due(*release)
            }
            Some(target) if target.is_at(url) && asks_for(request, target.method()) => {
                Judged::Preflight
            }
            _ if machine.is_helper(host) => Judged::Challenge,
            _ => Judged::Refuse("it is not what was approved"),
        },
        Phase::Open if machine.is_target(host) && reads => Judged::Pass,
        Phase::Open if machine.is_page(host) && reads => Judged::Challenge,
        Phase::Open if reads => Judged::Refuse("the form's recipe does not name this host"),
        Phase::Open => Judged::Refuse("everything that was approved has been sent"),
        Phase::Fill => Judged::Refuse("nothing may leave while the form is filled"),
        Phase::Checking(_) | Phase::Armed(_) | Phase::Spent(_) => {
            Judged::Refuse("the approved request is on its way")
        }
        Phase::Closed => Judged::Refuse("the gate is shut"),
    }
}

/// Whether this is a preflight (Fetch standard, CORS-preflight fetch) for `method`.
fn asks_for(request: &PausedRequest, method: &str) -> bool {
    request.method == "OPTIONS"
        && request.header("access-control-request-method") == Some(method)
        && !request.body.present
}

/// The answer to a preflight.
fn allowing(request: &PausedRequest) -> Vec<(String, String)> {
    let of = |name: &str| request.header(name).unwrap_or_default().to_owned();
    [
        ("Access-Control-Allow-Origin", of("origin")),
        (
            "Access-Control-Allow-Methods",
            of("access-control-request-method"),
        ),
        (
            "Access-Control-Allow-Headers",
            of("access-control-request-headers"),
        ),
        ("Access-Control-Allow-Credentials", "true".to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

#[cfg(test)]
mod tests;
