//! Postings of a page, each with the id under which `detail` finds it again.

use portal_sdk::{Posting, job_posting};

use crate::link::Site;

/// The postings that the page `text` at `path` carries: JSON-LD or microdata of a
/// web page, or JSON.
///
/// The id is the path of the posting's own page; without one, that of the page it
/// stands on, with its identifier or what else tells it from others there.
pub(crate) fn postings(text: &str, site: &Site, path: &str) -> Vec<Posting> {
    let address = format!("https://{}{path}", site.host());
    let found = match text.trim_start().starts_with(['{', '[']) {
        true => job_posting::in_json(text)
            .iter()
            .filter_map(|value| job_posting::of_value(value, &address))
            .collect(),
        false => job_posting::of_page(text, &address),
    };
    let alone = found.len() == 1;
    let mut postings: Vec<Posting> = found
        .into_iter()
        .map(|posting| {
            let own = own_page(&posting, site, path);
            let id = match own {
                Some(own) => own,
                None if alone && posting.requisition_id.is_none() => path.to_owned(),
                None => format!("{path}#{}", apart(&posting, &address)),
            };
            with_id(posting, &id)
        })
        .collect();
    let mut seen = std::collections::HashSet::new();
    postings.retain(|posting| seen.insert(posting.external_id.clone()));
    postings
}

pub(crate) fn with_id(mut posting: Posting, id: &str) -> Posting {
    posting.external_id = id.to_owned();
    posting
}

/// The posting's page on this site, where it names one below the page it was
/// found on: sites that give the same address to all name the list or the home
/// page.
fn own_page(posting: &Posting, site: &Site, path: &str) -> Option<String> {
    let own = site.path(path, &posting.url)?;
    let below = own.len() > 1 && !path.starts_with(own.trim_end_matches('/'));
    below.then_some(own)
}

/// What tells a posting from others of its page.
fn apart<'a>(posting: &'a Posting, address: &str) -> &'a str {
    let id = posting.external_id.as_str();
    let id = id.strip_prefix(address).unwrap_or(id);
    id.trim_start_matches('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(json: &str, path: &str) -> Vec<String> {
        let html = format!("<script type=application/ld+json>{json}</script>");
        let site = Site::of_host("jobs.example.com");
        postings(&html, &site, path)
            .into_iter()
            .map(|posting| posting.external_id)
            .collect()
    }

    fn job(title: &str, more: &str) -> String {
        format!(r#"{{"@type":"JobPosting","title":"{title}"{more}}}"#)
    }

    #[test]
    fn a_posting_is_known_by_its_page() {
        for (more, expected) in [
            ("", "/jobs/7"),
            (r#","identifier":"A-1""#, "/jobs/7#A-1"),
            (
                r#","url":"https://jobs.example.com/jobs/7?utm_source=x""#,
                "/jobs/7",
            ),
            (r#","url":"https://jobs.example.com/jobs/8""#, "/jobs/8"),
            (r#","url":"https://jobs.example.com/""#, "/jobs/7"),
            (r#","url":"https://jobs.example.com/jobs""#, "/jobs/7"),
            (r#","url":"https://elsewhere.example/jobs/9""#, "/jobs/7"),
        ] {
            assert_eq!(ids(&job("Cook", more), "/jobs/7"), [expected], "{more}");
        }
    }

    #[test]
    fn postings_of_one_page_are_told_apart() {
        let list = |a: &str, b: &str| format!("[{},{}]", job("Cook", a), job("Night Nurse", b));
        let found = ids(&list("", ""), "/jobs");
        assert_eq!(found, ["/jobs#cook", "/jobs#night-nurse"]);
        let found = ids(&list(r#","identifier":"1""#, r#","identifier":2"#), "/jobs");
        assert_eq!(found, ["/jobs#1", "/jobs#2"]);
        let found = ids(&list(r#","url":"/jobs/1""#, r#","url":"/jobs/2""#), "/jobs");
        assert_eq!(found, ["/jobs/1", "/jobs/2"]);
    }

    #[test]
    fn json_is_read_as_well_as_a_page() {
        let site = Site::of_host("jobs.example.com");
        let found = postings(&format!("[{}]", job("Cook", "")), &site, "/jobs.json");
        assert_eq!(found.len(), 1);
        assert!(postings("[1]", &site, "/").is_empty());
    }
}
