//! Which addresses are Amazon's careers site.

use portal_sdk::{Address, Board};

/// The site: it has one list for all languages, so there is one board.
pub(crate) const SITE: &str = "www.amazon.jobs";

/// The board, for any address of the site.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let is_site = matches!(
        address.host.as_str(),
        SITE | "amazon.jobs" | "account.amazon.jobs"
    );
    is_site.then(|| Board {
        key: "amazon".to_owned(),
        url: format!("https://{SITE}/en/"),
        company: Some("Amazon".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_site_is_claimed_and_no_other() {
        for (url, expected) in [
            ("https://www.amazon.jobs/en/", true),
            ("amazon.jobs", true),
            ("https://www.amazon.jobs/de/jobs/10600001/a-title", true),
            (
                "https://www.amazon.jobs/en/search?base_query=rust&loc_query=Berlin",
                true,
            ),
            ("https://www.amazon.jobs/en/search.json?offset=0", true),
            ("https://account.amazon.jobs/jobs/10600001/apply", true),
            ("https://www.amazon.com/jobs", false),
            ("https://www.amazon.jobs.evil.example/en/", false),
            ("https://hiring.amazon.com/", false),
            ("", false),
        ] {
            assert_eq!(super::board(url).is_some(), expected, "{url}");
        }
    }
}
