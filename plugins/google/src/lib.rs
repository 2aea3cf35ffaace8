//! Google's careers site, read from its feed, and from its result pages where the
//! feed cannot be had: it is larger than a response may be.

mod claim;
mod feed;
mod pay;
mod results;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    cursor_number, get_xml, name, no_form, require_page,
};

use crate::claim::{FOLDER, SITE};

struct Google;

impl Portal for Google {
    fn describe() -> Manifest {
        Manifest {
            id: "google".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of Google, from its own careers site.".to_owned(),
            hosts: [SITE, "careers.google.com"].map(str::to_owned).to_vec(),
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(_: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        match &cursor {
            Some(cursor) => {
                let (list, place) = List::resume(cursor)?;
                list.page(Some(place))
            }
            None => first(|list| list.page(None)),
        }
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        let id = name(&external_id, "Google posting")?;
        let url = claim::posting(id);
        let found = require_page(&url, &format!("posting {id}"))?;
        results::detail(&found.html, id)
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

/// Where the postings are listed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Feed,
    /// Result pages, as the site links them.
    Folder,
    /// Result pages, as its search asks for them.
    Search,
}

impl List {
    const ALL: [Self; 3] = [Self::Feed, Self::Folder, Self::Search];

    fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Folder => "folder",
            Self::Search => "search",
        }
    }

    /// The page at `place`, its next cursor with the name of the list.
    fn page(self, place: Option<&str>) -> Result<Page, PortalError> {
        let results = |end: &str| {
            let number = cursor_number(place, 1)?;
            let url = format!("https://{SITE}/{FOLDER}/results{end}?page={number}");
            let found = require_page(&url, &format!("result page {number}"))?;
            results::page(&found.html, number)
        };
        let mut found = match self {
            Self::Feed => {
                let url = format!("https://{SITE}/{FOLDER}/feed.xml");
                feed::page(&get_xml(&url, "the feed")?, place)?
            }
            Self::Folder => results("/")?,
            Self::Search => results("")?,
        };
        found.next = found.next.map(|next| format!("{} {next}", self.name()));
        Ok(found)
    }

    /// The list and the place in it that a cursor stands for.
    fn resume(cursor: &str) -> Result<(Self, &str), PortalError> {
        let known = |name: &str| Self::ALL.into_iter().find(|list| list.name() == name);
        cursor
            .split_once(' ')
            .and_then(|(name, place)| Some((known(name)?, place)))
            .ok_or_else(|| PortalError::Invalid(format!("{cursor:?} is no cursor of Google")))
    }
}

/// What the first list that answers says; where none does, what the feed said. One
/// that asks to wait is not gone round.
fn first(ask: impl Fn(List) -> Result<Page, PortalError>) -> Result<Page, PortalError> {
    let mut said = None;
    for list in List::ALL {
        match ask(list) {
            Err(error @ PortalError::RateLimited(_)) => return Err(error),
            Err(error) => {
                said.get_or_insert(error);
            }
            found => return found,
        }
    }
    Err(said.unwrap_or(PortalError::Unsupported))
}

portal_sdk::export!(Google with_types_in portal_sdk::contract);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_keeps_the_list() {
        assert_eq!(List::resume("feed 2000").unwrap(), (List::Feed, "2000"));
        assert_eq!(List::resume("search 2").unwrap(), (List::Search, "2"));
        for cursor in ["", "2000", "other 2", "feed"] {
            let error = List::resume(cursor).unwrap_err();
            assert!(
                matches!(error, PortalError::Invalid(_)),
                "{cursor} {error:?}"
            );
        }
    }

    fn check(answers: [Option<&str>; 3], expected: Result<&str, &str>) {
        let found = first(|list| {
            let at = List::ALL.iter().position(|known| *known == list).unwrap();
            match answers[at] {
                None => Err(PortalError::Fetch(list.name().to_owned())),
                Some("wait") => Err(PortalError::RateLimited(None)),
                Some(next) => Ok(Page {
                    postings: Vec::new(),
                    next: Some(next.to_owned()),
                    total: None,
                    dropped: Vec::new(),
                }),
            }
        });
        let found = found
            .map(|page| page.next.unwrap())
            .map_err(|error| match error {
                PortalError::Fetch(said) => said,
                error => format!("{error:?}"),
            });
        let expected = expected.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(found, expected, "{answers:?}");
    }

    #[test]
    fn the_first_list_that_answers_is_taken() {
        check([Some("a"), Some("b"), None], Ok("a"));
        check([None, Some("b"), Some("c")], Ok("b"));
        check([None, None, Some("c")], Ok("c"));
        check([None, None, None], Err("feed"));
        check(
            [None, Some("wait"), Some("c")],
            Err("PortalError::RateLimited(None)"),
        );
    }
}
