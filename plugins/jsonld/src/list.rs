//! A page of a site: the postings it carries, or where it leads to.

use std::collections::HashSet;

use portal_sdk::{Posting, html, xml};

use crate::link::Site;
use crate::{embedded, page, posting_link};

/// The most links and sitemaps taken from a page.
const LINKS: usize = 20_000;

/// What a page has.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) postings: Vec<Posting>,
    pub(crate) kind: Kind,
    /// The list page that follows, as a path.
    pub(crate) next: Option<String>,
}

/// Where a page leads to, as paths of its site, each once.
#[derive(Debug)]
pub(crate) enum Kind {
    /// To pages that look like postings.
    Links(Vec<String>),
    /// To sitemaps.
    Index(Vec<String>),
}

impl List {
    /// What the page `text` at `path` has. One with postings leads nowhere but to
    /// its next page.
    pub(crate) fn of(text: &str, site: &Site, path: &str) -> Self {
        let is_map = matches!(
            xml::root(text).as_deref(),
            Some("urlset" | "sitemapindex" | "rss" | "feed")
        );
        if is_map {
            return Self {
                postings: Vec::new(),
                kind: of_map(text, site, path),
                next: None,
            };
        }
        let postings = page::postings(text, site, path);
        let kind = Kind::Links(match postings.is_empty() {
            true => of_page(text, site, path),
            false => Vec::new(),
        });
        Self {
            postings,
            kind,
            next: next(text, site, path),
        }
    }
}

/// The links of a sitemap or feed.
fn of_map(text: &str, site: &Site, path: &str) -> Kind {
    let addresses = |element: &'static str, names: &'static [&'static str]| {
        xml::elements(text, element)
            .filter_map(Result::ok)
            .filter_map(move |item| names.iter().find_map(|name| item.text(name)))
    };
    let here = |found: String| site.path(path, &portal_sdk::text::unescape(&found));
    let maps: Vec<String> = once(addresses("sitemap", &["loc"]).filter_map(here), path);
    if !maps.is_empty() {
        let of_jobs: Vec<String> = maps
            .iter()
            .filter(|map| {
                let lower = map.to_lowercase();
                [
                    "job", "career", "position", "vacanc", "posting", "stelle", "opening",
                ]
                .iter()
                .any(|word| lower.contains(word))
            })
            .cloned()
            .collect();
        return Kind::Index(if of_jobs.is_empty() { maps } else { of_jobs });
    }
    let pages = addresses("url", &["loc"]).chain(addresses("item", &["link", "guid"]));
    Kind::Links(once(
        pages
            .filter_map(here)
            .filter(|path| posting_link::looks_like_one(path)),
        path,
    ))
}

/// The links of a web page or of a sitemap in plain text.
fn of_page(text: &str, site: &Site, path: &str) -> Vec<String> {
    let hrefs: Vec<String> = if text.trim_start().starts_with("http") {
        text.lines().map(|line| line.trim().to_owned()).collect()
    } else {
        let linked = html::pieces(text).filter_map(|piece| match piece {
            html::Piece::Open(tag) if matches!(tag.name.as_str(), "a" | "area") => {
                tag.value("href").map(str::to_owned)
            }
            html::Piece::Open(_) | html::Piece::Close(_) | html::Piece::Words(_) => None,
        });
        linked.chain(embedded::links(text, path)).collect()
    };
    once(
        hrefs
            .iter()
            .filter_map(|href| site.path(path, href))
            .filter(|path| posting_link::looks_like_one(path)),
        path,
    )
}

/// The page that says it comes next.
fn next(text: &str, site: &Site, path: &str) -> Option<String> {
    html::pieces(text).find_map(|piece| match piece {
        html::Piece::Open(tag) if matches!(tag.name.as_str(), "a" | "link") => {
            let rel = tag.value("rel")?;
            let is_next = rel
                .split_ascii_whitespace()
                .any(|rel| rel.eq_ignore_ascii_case("next"));
            site.path(path, tag.value("href").filter(|_| is_next)?)
                .filter(|next| next != path)
        }
        html::Piece::Open(_) | html::Piece::Close(_) | html::Piece::Words(_) => None,
    })
}

/// Each path once, without the page they stand on.
fn once(paths: impl Iterator<Item = String>, here: &str) -> Vec<String> {
    let mut seen = HashSet::from([here.to_owned()]);
    paths
        .filter(|path| seen.insert(path.clone()))
        .take(LINKS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::of_host("jobs.example.com")
    }

    fn links(text: &str, path: &str) -> Vec<String> {
        let list = List::of(text, &site(), path);
        assert!(list.postings.is_empty(), "{text}");
        match list.kind {
            Kind::Links(links) => links,
            Kind::Index(maps) => panic!("an index: {maps:?}"),
        }
    }

    #[test]
    fn a_careers_page_leads_to_its_postings() {
        let page = include_str!("../fixtures/careers.html");
        assert_eq!(
            links(page, "/careers"),
            [
                "/careers/jobs/1-cook",
                "/careers/jobs/2-nurse",
                "/careers?gh_jid=3"
            ]
        );
        assert_eq!(
            List::of(page, &site(), "/careers").next.as_deref(),
            Some("/careers?page=2")
        );
    }

    #[test]
    fn a_sitemap_leads_to_postings_and_an_index_to_sitemaps() {
        let map = include_str!("../fixtures/sitemap.xml");
        assert_eq!(
            links(map, "/sitemap.xml"),
            ["/jobs/1?lang=da&x=1", "/jobs/2"]
        );
        assert_eq!(
            links(
                "https://jobs.example.com/jobs/1\nhttps://jobs.example.com/about\n",
                "/sitemap.txt"
            ),
            ["/jobs/1"]
        );
        let index = |names: &[&str]| {
            let maps: String = names
                .iter()
                .map(|name| {
                    format!("<sitemap><loc>https://jobs.example.com/{name}</loc></sitemap>")
                })
                .collect();
            let text =
                format!("<?xml version='1.0'?><sitemapindex xmlns='x'>{maps}</sitemapindex>");
            match List::of(&text, &site(), "/sitemap.xml").kind {
                Kind::Index(maps) => maps,
                Kind::Links(links) => panic!("no index: {links:?}"),
            }
        };
        assert_eq!(index(&["blog.xml", "jobs.xml"]), ["/jobs.xml"]);
        assert_eq!(index(&["a.xml", "b.xml", "a.xml"]), ["/a.xml", "/b.xml"]);
    }

    #[test]
    fn a_page_with_postings_leads_nowhere_else() {
        let page = include_str!("../fixtures/posting.html");
        let list = List::of(page, &site(), "/careers/jobs/1-cook");
        assert_eq!(list.postings.len(), 1);
        assert_eq!(list.postings[0].title, "Cook & Baker");
        assert_eq!(list.postings[0].external_id, "/careers/jobs/1-cook");
        assert!(matches!(list.kind, Kind::Links(links) if links.is_empty()));
    }

    #[test]
    fn a_page_with_nothing_is_empty() {
        for text in [
            "",
            "<html><body><form><input name=email></form></body></html>",
            "<a href='/about'>About</a><a href='https://other.example/jobs/7'>Cook</a>",
            "<urlset></urlset>",
            "{\"jobs\":[]}",
        ] {
            assert!(links(text, "/").is_empty(), "{text}");
        }
    }
}
