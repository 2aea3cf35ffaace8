//! Which addresses are Remotive, and which category they name.

use portal_sdk::{Address, Board, is_name};

const CATEGORY: &str = "category/";

/// The whole board, or a category where the address is a category's page.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    if !["remotive.com", "www.remotive.com", "remotive.io"].contains(&address.host.as_str()) {
        return None;
    }
    let named = match (address.name_at(0), address.name_at(1), address.path.len()) {
        (Some("remote-jobs"), Some(category), 2) => Some(category),
        (Some("api"), _, _) => address.value("category").filter(|name| is_name(name)),
        (_, _, _) => None,
    };
    Some(match named {
        Some(category) => Board {
            key: format!("{CATEGORY}{category}"),
            url: format!("https://remotive.com/remote-jobs/{category}"),
            company: None,
        },
        None => Board {
            key: "all".to_owned(),
            url: "https://remotive.com/".to_owned(),
            company: None,
        },
    })
}

/// The category in a board's key.
pub(crate) fn category(key: &str) -> Option<&str> {
    key.strip_prefix(CATEGORY).filter(|name| is_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_there_is_claimed() {
        for (url, expected) in [
            ("https://remotive.com/", Some("all")),
            ("https://www.remotive.com/remote-jobs", Some("all")),
            (
                "remotive.com/remote-jobs/software-dev",
                Some("category/software-dev"),
            ),
            (
                "https://remotive.com/remote-jobs/software-dev/cook-17",
                Some("all"),
            ),
            (
                "https://remotive.com/api/remote-jobs?category=design",
                Some("category/design"),
            ),
            ("https://remotive.com/remote-jobs/a%2Fb", Some("all")),
            ("https://remotive.com.evil.example/", None),
            ("", None),
        ] {
            let board = board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
        }
        assert_eq!(category("category/design"), Some("design"));
        assert_eq!(category("all"), None);
    }
}
