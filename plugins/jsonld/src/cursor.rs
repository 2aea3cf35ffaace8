//! Where reading goes on: which sitemap of an index, which list page, which of
//! its links.

use portal_sdk::PortalError;

/// Longest cursor, in bytes; the host takes 1024.
const LENGTH: usize = 1000;
/// List pages that are followed one after the other.
const PAGES: usize = 200;

/// A place in a board. A plugin keeps nothing between calls, so the list is
/// fetched again and its links are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Which sitemap of the board's index, from 0.
    pub(crate) child: usize,
    /// How many sitemaps the index has; 0 where the board is no index.
    pub(crate) children: usize,
    /// How many list pages came before.
    pages: usize,
    /// The link to go on with.
    pub(crate) index: usize,
    /// The list; the board's own page without one.
    pub(crate) path: Option<String>,
}

impl Cursor {
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, PortalError> {
        let Some(text) = text else {
            return Ok(Self::default());
        };
        let bad = || PortalError::Invalid(format!("cursor {text:?} is none of ours"));
        let mut parts = text.splitn(5, ' ');
        let mut number = || {
            parts
                .next()
                .and_then(|part| part.parse().ok())
                .ok_or_else(bad)
        };
        let (child, children, pages, index) = (number()?, number()?, number()?, number()?);
        let path = parts.next().map(str::to_owned);
        if path
            .as_deref()
            .is_some_and(|path| !path.starts_with('/') || path.starts_with("//"))
        {
            return Err(bad());
        }
        Ok(Self {
            child,
            children,
            pages,
            index,
            path,
        })
    }

    /// Whether nothing of this list page was read yet, and it may carry postings
    /// itself.
    pub(crate) fn is_start(&self) -> bool {
        self.index == 0
    }

    /// The same list, from another link on.
    pub(crate) fn at_index(&self, index: usize) -> String {
        let mut next = self.clone();
        next.index = index;
        next.write()
    }

    /// The list page that follows this one, if it names one.
    pub(crate) fn next_page(&self, path: Option<&str>) -> Option<String> {
        let path = path.filter(|path| Some(*path) != self.path.as_deref())?;
        let mut next = self.clone();
        next.index = 0;
        next.pages += 1;
        next.path = Some(path.to_owned());
        let next = (next.pages < PAGES).then(|| next.write())?;
        (next.len() <= LENGTH).then_some(next)
    }

    /// The next sitemap of the index.
    pub(crate) fn next_child(&self) -> Option<String> {
        let child = self.child + 1;
        let next = Self {
            child,
            children: self.children,
            ..Self::default()
        };
        (child < self.children).then(|| next.write())
    }

    fn write(&self) -> String {
        let Self {
            child,
            children,
            pages,
            index,
            path,
        } = self;
        let numbers = format!("{child} {children} {pages} {index}");
        match path {
            // A path that is too long is found again from the board's page.
            Some(path) if path.len() + numbers.len() < LENGTH => format!("{numbers} {path}"),
            Some(_) | None => numbers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Cursor {
        let cursor = Cursor::parse(Some(text)).unwrap();
        assert_eq!(cursor.write(), text);
        cursor
    }

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let start = Cursor::parse(None).unwrap();
        assert!(start.is_start());
        assert_eq!(start.at_index(25), "0 0 0 25");
        let list = check("0 0 3 25 /jobs?page=4");
        assert_eq!(list.path.as_deref(), Some("/jobs?page=4"));
        assert_eq!(
            list.next_page(Some("/jobs?page=5")).as_deref(),
            Some("0 0 4 0 /jobs?page=5")
        );
        assert_eq!(
            list.next_page(Some("/jobs?page=4")),
            None,
            "it leads to itself"
        );
        assert_eq!(list.next_page(None), None);
        assert_eq!(list.next_child(), None);
        let last = check("0 0 199 0 /jobs");
        assert_eq!(last.next_page(Some("/more")), None, "there is an end");
        let child = check("1 3 0 0 /jobs.xml");
        assert_eq!(child.next_child().as_deref(), Some("2 3 0 0"));
        assert_eq!(check("2 3 0 50").next_child(), None);
    }

    #[test]
    fn another_text_is_no_cursor() {
        for text in [
            "",
            "1",
            "a b c d",
            "0 0 0 -1",
            "0 0 0 0 jobs",
            "0 0 0 0 //evil.example/",
        ] {
            assert!(Cursor::parse(Some(text)).is_err(), "{text}");
        }
    }
}
