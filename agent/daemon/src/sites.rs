//! What the person is told about sites that are not to be read, or that are no more.

use agent_api::reason;
use agent_core::sites::{self, Site};

use crate::{
    fault::{Fault, Kind},
    handle::Handle,
};

/// What is asked of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// To follow it.
    Board,
    /// To read one posting.
    Posting,
}

/// Refuses an address whose site forbids programs, unless a plugin whose terms
/// the person accepted reads it, or whose site was closed.
pub(crate) async fn allow(handle: &Handle, url: &str, wanted: Wanted) -> Result<(), Fault> {
    let Some(site) = sites::of(url) else {
        return Ok(());
    };
    if let Site::Forbids { name } = site {
        let id = name.to_lowercase();
        let row = handle.store.read(move |reader| reader.plugin(&id)).await?;
        if row.is_some_and(|plugin| plugin.terms_accepted.is_some()) {
            return Ok(());
        }
    }
    Err(refusal(site, wanted))
}

fn refusal(site: Site, wanted: Wanted) -> Fault {
    match site {
        Site::Forbids { name } => {
            let message = format!("{name} forbids programs to read it, so nothing was fetched");
            let step = "open the posting in your browser, save the page (Ctrl+S), then: \
                        agentctl jobs add FILE.html";
            let hint = match wanted {
                Wanted::Posting => step.to_owned(),
                Wanted::Board => format!("for a single opening there: {step}"),
            };
            Fault::new(Kind::Refused, reason::SITE_FORBIDS, message).hint(hint)
        }
        Site::Closed {
            name,
            year,
            instead,
        } => {
            let message = format!("{name} was closed in {year}");
            let hint = format!(
                "the nearest sources are the plugins {}; see: agentctl plugin list",
                instead.join(", ")
            );
            Fault::new(Kind::Refused, reason::SITE_CLOSED, message).hint(hint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_why_and_what_to_do_instead() {
        for (url, wanted, said, hint) in [
            (
                "https://de.indeed.com/viewjob?jk=1",
                Wanted::Posting,
                "Indeed forbids programs to read it, so nothing was fetched",
                "jobs add FILE.html",
            ),
            (
                "https://www.glassdoor.com/Jobs",
                Wanted::Board,
                "Glassdoor forbids programs to read it, so nothing was fetched",
                "for a single opening there",
            ),
            (
                "https://jobs.github.com/positions",
                Wanted::Board,
                "GitHub Jobs was closed in 2021",
                "hackernews, remoteok, weworkremotely",
            ),
            (
                "https://stackoverflow.com/jobs/1",
                Wanted::Posting,
                "Stack Overflow Jobs was closed in 2022",
                "hackernews",
            ),
        ] {
            let fault = refusal(sites::of(url).unwrap(), wanted);
            assert_eq!(fault.message, said);
            assert!(fault.hint.contains(hint), "{fault}");
        }
    }
}
