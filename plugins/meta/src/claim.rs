//! Which addresses are Meta's careers site.

use portal_sdk::{Address, Board};

/// The site.
pub(crate) const SITE: &str = "www.metacareers.com";

/// The board, for any address of the site.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    matches!(address.host.as_str(), SITE | "metacareers.com").then(|| Board {
        key: "meta".to_owned(),
        url: format!("https://{SITE}/jobs"),
        company: Some("Meta".to_owned()),
    })
}

/// The page of one opening.
pub(crate) fn opening(id: &str) -> String {
    format!("https://{SITE}/profile/job_details/{id}/")
}

/// The opening an address of the site is about.
pub(crate) fn id(url: &str) -> Option<String> {
    let address = Address::parse(url)?;
    let parts: Vec<&str> = address.path.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["profile", "job_details", id, ..] | ["jobs", id, ..] if is_number(id) => {
            Some((*id).to_owned())
        }
        _ => None,
    }
}

pub(crate) fn is_number(text: &str) -> bool {
    (1..=30).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_claimed_and_no_other() {
        for (url, expected) in [
            ("https://www.metacareers.com/jobs", true),
            ("metacareers.com", true),
            (
                "https://www.metacareers.com/profile/job_details/4454815524774630/",
                true,
            ),
            ("https://www.meta.com/careers", false),
            ("https://www.metacareers.com.evil.example/jobs", false),
            ("", false),
        ] {
            assert_eq!(board(url).is_some(), expected, "{url}");
        }
    }

    #[test]
    fn an_opening_is_known_by_its_address() {
        for (url, expected) in [
            (opening("44").as_str(), Some("44")),
            ("https://www.metacareers.com/jobs/44?x=1", Some("44")),
            ("https://www.metacareers.com/jobs/sitemap.xml", None),
            ("https://www.metacareers.com/profile/job_details/a44/", None),
            ("https://www.metacareers.com/", None),
        ] {
            assert_eq!(id(url).as_deref(), expected, "{url}");
        }
    }
}
