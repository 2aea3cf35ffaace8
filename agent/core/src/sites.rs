//! Sites that are not to be read by a program, and job boards that are no more.
//!
//! The first kind forbids it in its terms or keeps programs out; a person opens
//! such a page and saves it. The table holds facts, each with its reason.
#![deny(clippy::indexing_slicing)]

/// What is known of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// It forbids automated reading.
    Forbids {
        /// Its name.
        name: &'static str,
    },
    /// It was closed.
    Closed {
        /// Its name.
        name: &'static str,
        /// Year in which it was.
        year: u16,
        /// Plugins that read something near it.
        instead: &'static [&'static str],
    },
}

/// Names that stand before the public suffix of a site's hosts in all countries.
const FORBIDDING: [(&str, &str); 7] = [
    ("glassdoor", "Glassdoor"),
    ("indeed", "Indeed"),
    ("monster", "Monster"),
    ("dice", "Dice"),
    ("wellfound", "Wellfound"),
    ("angel", "Wellfound"),
    ("linkedin", "LinkedIn"),
];

/// Sources with openings of the kind that boards for programmers had.
const FOR_PROGRAMMERS: &[&str] = &["hackernews", "remoteok", "weworkremotely"];

/// What is known of the site at `address`; `None` for most.
pub fn of(address: &str) -> Option<Site> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    closed(&host, url.path()).or_else(|| forbidding(&host))
}

fn closed(host: &str, path: &str) -> Option<Site> {
    let (name, year) = match host {
        "jobs.github.com" => ("GitHub Jobs", 2021),
        "careers.stackoverflow.com" => ("Stack Overflow Jobs", 2022),
        "stackoverflow.com" | "www.stackoverflow.com"
            if path == "/jobs" || path.starts_with("/jobs/") =>
        {
            ("Stack Overflow Jobs", 2022)
        }
        _ => return None,
    };
    Some(Site::Closed {
        name,
        year,
        instead: FOR_PROGRAMMERS,
    })
}

fn forbidding(host: &str) -> Option<Site> {
    let mut labels = host.rsplit('.');
    let country = labels.next()?;
    let mut label = labels.next()?;
    // glassdoor.co.uk, indeed.com.br: the suffix has two parts.
    if country.len() == 2 && matches!(label, "co" | "com" | "net" | "org") {
        label = labels.next()?;
    }
    // These two are words with other owners in most countries.
    if matches!(label, "dice" | "angel") && !matches!(country, "com" | "co") {
        return None;
    }
    FORBIDDING
        .iter()
        .find(|(site, _)| *site == label)
        .map(|(_, name)| Site::Forbids { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_known_by_their_host_and_others_are_not_mistaken_for_them() {
        for (address, expected) in [
            ("https://www.glassdoor.com/job/1", "Glassdoor"),
            ("https://www.glassdoor.co.uk/job/1", "Glassdoor"),
            ("https://de.indeed.com/viewjob?jk=1", "Indeed"),
            ("https://br.indeed.com.br/viewjob", "Indeed"),
            ("https://www.monster.de/job", "Monster"),
            ("https://www.dice.com/job-detail/1", "Dice"),
            ("https://wellfound.com/jobs/1", "Wellfound"),
            ("https://angel.co/company/x", "Wellfound"),
            ("https://www.linkedin.com/jobs/view/1", "LinkedIn"),
            ("https://jobs.github.com/positions/1", "GitHub Jobs 2021"),
            (
                "https://stackoverflow.com/jobs/1",
                "Stack Overflow Jobs 2022",
            ),
            (
                "https://careers.stackoverflow.com/",
                "Stack Overflow Jobs 2022",
            ),
            ("https://stackoverflow.com/questions/1", ""),
            ("https://github.com/jobs", ""),
            ("https://boards.greenhouse.io/indeed", ""),
            ("https://indeed.example.com/jobs", ""),
            ("https://notindeed.com/", ""),
            ("https://dice.de/", ""),
            ("https://com/", ""),
            ("no address", ""),
        ] {
            let found = match of(address) {
                Some(Site::Forbids { name }) => name.to_owned(),
                Some(Site::Closed {
                    name,
                    year,
                    instead,
                }) => {
                    assert!(!instead.is_empty());
                    format!("{name} {year}")
                }
                None => String::new(),
            };
            assert_eq!(found, expected, "{address}");
        }
    }
}
