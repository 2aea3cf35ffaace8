//! Portals with one board for everything, and one per category of it.

use crate::{Board, is_name};

const ALL: &str = "all";
const CATEGORY: &str = "category/";

/// The board of the portal at `home`, an address that ends in a slash: of the
/// category `named`, whose page is below the folder `pages`, or of everything.
pub fn category_board(home: &str, pages: &str, named: Option<&str>) -> Board {
    let (key, url) = match named {
        Some(category) => (
            format!("{CATEGORY}{category}"),
            format!("{home}{pages}/{category}"),
        ),
        None => (ALL.to_owned(), home.to_owned()),
    };
    Board {
        key,
        url,
        company: None,
    }
}

/// The category in the key of a board that [`category_board`] gave.
pub fn category(key: &str) -> Option<&str> {
    key.strip_prefix(CATEGORY).filter(|name| is_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_category_leads_back_to_it() {
        for (named, key, url) in [
            (None, "all", "https://jobs.example/"),
            (
                Some("design"),
                "category/design",
                "https://jobs.example/topics/design",
            ),
        ] {
            let board = category_board("https://jobs.example/", "topics", named);
            assert_eq!((board.key.as_str(), board.url.as_str()), (key, url));
            assert_eq!(category(&board.key), named);
        }
        assert_eq!(category("category/a/b"), None);
    }
}
