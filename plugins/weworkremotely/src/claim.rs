//! Which addresses are We Work Remotely, and which category they name.

use portal_sdk::{Address, Board, category_board, is_name};

/// The whole board, or a category where the address is its page or feed.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    if !["weworkremotely.com", "www.weworkremotely.com"].contains(&address.host.as_str()) {
        return None;
    }
    let named = match address.name_at(0) {
        Some("categories") => address.name_at(1),
        _ => None,
    };
    let named = named.map(|name| name.strip_suffix(".rss").unwrap_or(name));
    let named = named.filter(|name| is_name(name));
    Some(category_board(
        "https://weworkremotely.com/",
        "categories",
        named,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_there_is_claimed() {
        for (url, expected) in [
            ("https://weworkremotely.com/", Some("all")),
            ("https://weworkremotely.com/remote-jobs.rss", Some("all")),
            (
                "https://weworkremotely.com/remote-jobs/ebbe-cook",
                Some("all"),
            ),
            (
                "www.weworkremotely.com/categories/remote-design-jobs",
                Some("category/remote-design-jobs"),
            ),
            (
                "https://weworkremotely.com/categories/remote-design-jobs.rss",
                Some("category/remote-design-jobs"),
            ),
            ("https://weworkremotely.com/categories/a%2Fb", Some("all")),
            ("https://weworkremotely.com.evil.example/", None),
            ("", None),
        ] {
            let board = board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
        }
    }
}
