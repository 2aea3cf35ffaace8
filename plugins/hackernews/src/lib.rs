//! Hacker News' monthly "Who is hiring?" thread, read through the search API of
//! Algolia. Each first comment in it is a posting.

mod comment;
mod head;
mod part;
mod thread;

use portal_sdk::{
    Address, Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, no_form,
};

const API: &str = "https://hn.algolia.com/api/v1";
/// The account that opens the threads; as a board's key it stands for the newest.
const AUTHOR: &str = "whoishiring";

struct HackerNews;

impl Portal for HackerNews {
    fn describe() -> Manifest {
        Manifest {
            id: "hackernews".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "The newest \"Who is hiring?\" thread on Hacker News.".to_owned(),
            hosts: vec!["hn.algolia.com".to_owned()],
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let thread = match board.key.as_str() {
            AUTHOR => {
                let url = format!("{API}/search_by_date?tags=story,author_{AUTHOR}");
                thread::newest(&get_json(&url, "the hiring threads")?)?
            }
            id => number(id)?.to_owned(),
        };
        let what = format!("thread {thread}");
        let body = get_json(&format!("{API}/items/{thread}"), &what)?;
        thread::page(&body, &what, cursor.as_deref())
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = number(&external_id)?;
        let what = format!("comment {id}");
        let body = get_json(&format!("{API}/items/{id}"), &what)?;
        comment::single(&body, &what)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// The newest thread for the account's page and the site itself, one thread for
/// its own page.
fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let part = |index: usize| address.path.get(index).map(String::as_str);
    let id = match (address.host.as_str(), part(0)) {
        ("news.ycombinator.com", None) => None,
        ("news.ycombinator.com", Some("user" | "submitted" | "from")) => {
            (address.value("id") == Some(AUTHOR)).then_some(())?;
            None
        }
        ("news.ycombinator.com", Some("item")) => Some(number(address.value("id")?).ok()?),
        ("hn.algolia.com", Some("api")) => match part(2) {
            Some("items") => Some(number(part(3)?).ok()?),
            _ => None,
        },
        _ => return None,
    };
    Some(match id {
        Some(id) => Board {
            key: id.to_owned(),
            url: format!("https://news.ycombinator.com/item?id={id}"),
            company: None,
        },
        None => Board {
            key: AUTHOR.to_owned(),
            url: format!("https://news.ycombinator.com/user?id={AUTHOR}"),
            company: None,
        },
    })
}

fn number(id: &str) -> Result<&str, PortalError> {
    let fine = (1..=12).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    fine.then_some(id)
        .ok_or_else(|| PortalError::Invalid(format!("{id:?} is no number of an item")))
}

portal_sdk::export!(HackerNews with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_claimed_however_it_is_named() {
        for (url, expected) in [
            (
                "https://news.ycombinator.com/user?id=whoishiring",
                Some(AUTHOR),
            ),
            (
                "news.ycombinator.com/submitted?id=whoishiring",
                Some(AUTHOR),
            ),
            ("https://news.ycombinator.com/", Some(AUTHOR)),
            ("https://news.ycombinator.com/item?id=4417", Some("4417")),
            ("https://hn.algolia.com/api/v1/items/4417", Some("4417")),
            (
                "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring",
                Some(AUTHOR),
            ),
            ("https://news.ycombinator.com/user?id=pg", None),
            ("https://news.ycombinator.com/item?id=x", None),
            ("https://news.ycombinator.com/newest", None),
            ("https://news.ycombinator.com.evil.example/", None),
            ("", None),
        ] {
            let board = board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
        }
    }
}
