//! The careers pages: lists of titles as pieces of HTML, and a page for each
//! posting that carries schema.org data.

use portal_sdk::html::{Piece, pieces};
use portal_sdk::{Address, Page, PortalError, Posting, is_name, job_posting, tidy};

/// More pages than any company has.
const PAGES: u32 = 1000;

/// Where a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor<'a> {
    /// In the API's list.
    List { offset: u32 },
    /// In the careers pages' list. Their end is not marked, and one that only
    /// repeats the page before is it.
    Careers { page: u32, before: &'a str },
}

impl<'a> Cursor<'a> {
    pub(crate) const FIRST: Self = Self::Careers {
        page: 0,
        before: "-",
    };

    pub(crate) fn parse(text: &'a str) -> Result<Self, PortalError> {
        let wrong = || PortalError::Invalid(format!("{text:?} is no place in a list"));
        let number = |text: &str| text.parse().map_err(|_| wrong());
        match text.split('/').collect::<Vec<_>>().as_slice() {
            [offset] => Ok(Self::List {
                offset: number(offset)?,
            }),
            ["careers", page, before] => Ok(Self::Careers {
                page: number(page)?,
                before,
            }),
            _ => Err(wrong()),
        }
    }

    /// The address of a page of the careers pages' list.
    pub(crate) fn url(self, company: &str) -> String {
        let page = match self {
            Self::List { .. } => 0,
            Self::Careers { page, .. } => page,
        };
        format!("https://careers.smartrecruiters.com/{company}/api/more?page={page}")
    }
}

/// The page of the list at `cursor`: titles, to be looked at one by one.
pub(crate) fn page(html: &str, company: &str, cursor: Cursor<'_>) -> Page {
    let (number, before) = match cursor {
        Cursor::List { .. } => (0, "-"),
        Cursor::Careers { page, before } => (page, before),
    };
    let mut page = Page {
        postings: Vec::new(),
        next: None,
        total: None,
        dropped: Vec::new(),
    };
    for link in links(html, company) {
        let known = page.postings.iter().any(|p| p.external_id == link.id);
        if known {
            continue;
        }
        let posting = tidy(portal_sdk::posting(link.id, link.url, link.title));
        if posting.title.is_empty() {
            page.dropped
                .push(format!("{} has no title", posting.external_id));
        } else {
            page.postings.push(posting);
        }
    }
    let first = page.postings.first().map(|p| p.external_id.as_str());
    match first {
        Some(first) if first != before && number < PAGES => {
            page.next = Some(format!("careers/{}/{first}", number + 1));
        }
        Some(first) if first == before => page.postings.clear(),
        Some(_) | None => {}
    }
    page
}

/// The posting on its own page.
pub(crate) fn posting(html: &str, id: &str, url: &str, what: &str) -> Result<Posting, PortalError> {
    let found = job_posting::of_page(html, url).into_iter().next();
    let Some(mut posting) = found else {
        let gone = html.to_lowercase().contains("expired");
        return Err(if gone {
            PortalError::Gone(format!("{what} has expired"))
        } else {
            PortalError::Changed(format!("the page of {what} has no posting in it"))
        });
    };
    posting.external_id = id.to_owned();
    url.clone_into(&mut posting.url);
    if posting.workplace.is_none() {
        posting.workplace = workplace(html);
    }
    Ok(tidy(posting))
}

/// The kind of workplace, which the page states beside the place.
fn workplace(html: &str) -> Option<String> {
    pieces(html).find_map(|piece| match piece {
        Piece::Open(tag) if tag.name == "spl-job-location" => tag
            .value("workplacetype")
            .filter(|kind| !kind.is_empty())
            .map(str::to_owned),
        Piece::Open(_) | Piece::Close(_) | Piece::Words(_) => None,
    })
}

struct Link {
    id: String,
    url: String,
    title: String,
}

/// The links to postings of `company`, with the heading in them, or all their
/// words where they have none.
fn links(html: &str, company: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut open: Option<Link> = None;
    let (mut heading, mut in_heading) = (String::new(), false);
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) if tag.name == "a" => {
                heading.clear();
                in_heading = false;
                open = tag.value("href").and_then(|href| link(href, company));
            }
            Piece::Open(tag) if is_heading(&tag.name) => in_heading = true,
            Piece::Close(name) if is_heading(&name) => in_heading = false,
            Piece::Close(name) if name == "a" => {
                if let Some(mut link) = open.take() {
                    if !heading.trim().is_empty() {
                        link.title.clone_from(&heading);
                    }
                    found.push(link);
                }
            }
            Piece::Words(words) => {
                if let Some(link) = &mut open {
                    link.title.push_str(&words);
                    if in_heading {
                        heading.push_str(&words);
                    }
                }
            }
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    found
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The posting an address leads to: its number begins the part behind the
/// company's name.
fn link(href: &str, company: &str) -> Option<Link> {
    let url = if href.starts_with('/') && !href.starts_with("//") {
        format!("https://jobs.smartrecruiters.com{href}")
    } else {
        href.to_owned()
    };
    let address = Address::parse(&url)?;
    let ours = address.host == "jobs.smartrecruiters.com"
        && address.name_at(0)?.eq_ignore_ascii_case(company);
    let part = address.path.get(1).filter(|_| ours)?;
    let id = part
        .split('-')
        .next()
        .filter(|id| is_name(id) && id.len() >= 6 && id.bytes().all(|b| b.is_ascii_digit()))?;
    Some(Link {
        id: id.to_owned(),
        url,
        title: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<li class="opening-job job"><a class="link--block js-job-ad-link"
        href="https://jobs.smartrecruiters.com/Acme1/744000100000001-night-cook" aria-label="x">
        <h4 class="job-title">Night &amp; day cook</h4><p>Full-time</p></a></li>
        <li><a href="/acme1/744000100000002-pilot">Pilot <b>(m/f)</b></a></li>
        <li><a href="https://jobs.smartrecruiters.com/Acme1/744000100000001-night-cook">Again</a></li>
        <li><a href="https://jobs.smartrecruiters.com/Acme1/744000100000003-x"><h4> </h4></a></li>
        <li><a href="https://jobs.smartrecruiters.com/Other/744000100000004-x">Other</a></li>
        <li><a href="https://evil.example/Acme1/744000100000005-x">Evil</a> <a href="/Acme1">All</a>"#;

    fn check(html: &str, cursor: &str, ids: &[&str], next: Option<&str>) -> Page {
        let page = page(html, "Acme1", Cursor::parse(cursor).unwrap());
        let found: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(found, ids, "{cursor}");
        assert_eq!(page.next.as_deref(), next, "{cursor}");
        page
    }

    #[test]
    fn titles_are_listed_until_a_page_adds_nothing() {
        let both = ["744000100000001", "744000100000002"];
        let page = check(
            LIST,
            "careers/0/-",
            &both,
            Some("careers/1/744000100000001"),
        );
        assert_eq!(page.postings[0].title, "Night & day cook");
        assert_eq!(page.postings[1].title, "Pilot (m/f)");
        assert_eq!(page.dropped, ["744000100000003 has no title"]);
        check(LIST, "careers/1/744000100000001", &[], None);
        check(LIST, "careers/1000/9", &both, None);
        check("", "careers/2/744000100000001", &[], None);
        for cursor in ["", "x", "careers/x/1", "careers/1", "-1"] {
            assert!(Cursor::parse(cursor).is_err(), "{cursor}");
        }
        assert_eq!(Cursor::parse("100").unwrap(), Cursor::List { offset: 100 });
    }

    #[test]
    fn a_posting_is_read_from_its_page() {
        let html = r#"<main itemscope itemtype="http://schema.org/JobPosting">
            <h1 itemprop="title">Pilot</h1>
            <spl-job-location workplaceType="remote"></spl-job-location>
            <div itemprop="description"><p>Bring ships in.</p></div>
            <div itemprop="hiringOrganization" itemscope><meta itemprop="name" content="Acme"></div>
            <meta itemprop="datePosted" content="2026-10-07T16:45:52.725Z"></main>"#;
        let url = "https://jobs.smartrecruiters.com/Acme1/7-pilot";
        let found = posting(html, "7", url, "posting 7").unwrap();
        assert_eq!((found.external_id.as_str(), found.url.as_str()), ("7", url));
        assert_eq!(found.title, "Pilot");
        assert_eq!(found.workplace.as_deref(), Some("remote"));
        assert!(found.description_html.is_some() || found.description_text.is_some());
        let error = posting("<p>This job has Expired</p>", "7", url, "posting 7").unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
        let error = posting("<p>Hello</p>", "7", url, "posting 7").unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}
