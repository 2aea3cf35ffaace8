//! Which addresses are Google's careers site.

use portal_sdk::{Address, Board};

/// The site, and the folder it has there.
pub(crate) const SITE: &str = "www.google.com";
pub(crate) const FOLDER: &str = "about/careers/applications/jobs";

/// The board, for any address of the site, old or new.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let parts: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let is_site = match address.host.as_str() {
        "careers.google.com" => true,
        SITE | "google.com" => matches!(parts.as_slice(), ["about", "careers", ..]),
        _ => false,
    };
    is_site.then(|| Board {
        key: "google".to_owned(),
        url: format!("https://{SITE}/{FOLDER}/results/"),
        company: Some("Google".to_owned()),
    })
}

/// The page of one posting.
pub(crate) fn posting(id: &str) -> String {
    format!("https://{SITE}/{FOLDER}/results/{id}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_site_is_claimed_and_no_other() {
        for (url, expected) in [
            (
                "https://www.google.com/about/careers/applications/jobs/results/",
                true,
            ),
            ("google.com/about/careers", true),
            ("https://careers.google.com/", true),
            (
                "https://careers.google.com/jobs/results/85260476568478406-a-title/",
                true,
            ),
            (
                "https://www.google.com/about/careers/applications/jobs/feed.xml",
                true,
            ),
            ("https://www.google.com/search?q=jobs", false),
            ("https://www.google.com/about/", false),
            ("https://careers.google.com.evil.example/", false),
            ("https://jobs.example/about/careers", false),
            ("", false),
        ] {
            assert_eq!(super::board(url).is_some(), expected, "{url}");
        }
    }
}
