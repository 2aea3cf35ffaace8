//! Which addresses are Apple's careers site.

use portal_sdk::{Address, Board};

/// The site.
pub(crate) const SITE: &str = "jobs.apple.com";

/// The board, for any address of the site. Its key is the language of the pages,
/// as in the address: the postings are the same ones.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    if address.host != SITE {
        return None;
    }
    let mut parts = address.path.iter().map(|part| part.to_lowercase());
    let locale = parts
        .find(|part| is_locale(part))
        .unwrap_or_else(|| "en-us".to_owned());
    Some(Board {
        url: format!("https://{SITE}/{locale}/search"),
        key: locale,
        company: Some("Apple".to_owned()),
    })
}

/// Whether `text` is a language and a country as the site writes them: "de-de".
pub(crate) fn is_locale(text: &str) -> bool {
    text.split_once('-').is_some_and(|(language, country)| {
        [language, country]
            .iter()
            .all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_site_is_claimed_and_no_other() {
        for (url, expected) in [
            ("https://jobs.apple.com/en-us/search", Some("en-us")),
            ("jobs.apple.com", Some("en-us")),
            (
                "https://jobs.apple.com/de-DE/search?location=germany-DEU",
                Some("de-de"),
            ),
            (
                "https://jobs.apple.com/fr-fr/details/200681917-3715/a-title",
                Some("fr-fr"),
            ),
            ("https://jobs.apple.com/app/en-us/profile", Some("en-us")),
            ("https://jobs.apple.com/a/../b", Some("en-us")),
            ("https://www.apple.com/careers/us/", None),
            ("https://jobs.apple.com.evil.example/en-us/search", None),
            ("", None),
        ] {
            let board = super::board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
        }
    }
}
