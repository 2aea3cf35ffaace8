//! Which addresses are Remotive, and which category they name.

use portal_sdk::{Address, Board, category_board, is_name};

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
    Some(category_board(
        "https://remotive.com/",
        "remote-jobs",
        named,
    ))
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
    }
}
