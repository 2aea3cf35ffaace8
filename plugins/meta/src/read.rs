//! From Meta's sitemap and pages to postings.

use portal_sdk::{Page, PortalError, Posting, job_posting, xml};

use crate::claim;

/// Openings of one page: as many as a call can ask for in its time.
pub(crate) const FULL: usize = 25;

/// The ids of the openings in the sitemap, each once.
pub(crate) fn openings(sitemap: &[u8]) -> Result<Vec<String>, PortalError> {
    let sitemap = xml::decode(sitemap);
    let changed = |why: &str| PortalError::Changed(format!("the sitemap {why}"));
    if !xml::root(&sitemap).is_some_and(|root| root.eq_ignore_ascii_case("urlset")) {
        return Err(changed("is none"));
    }
    let mut ids: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for entry in xml::elements(&sitemap, "url") {
        let entry = match entry {
            Ok(entry) => entry,
            // A list that ends in the middle would close what it leaves out.
            Err(why) => return Err(changed(&why)),
        };
        if let Some(id) = entry.text("loc").and_then(|address| claim::id(&address))
            && known.insert(id.clone())
        {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The page of `all` that starts at `start`. What cannot be fetched or read is
/// left out with its reason. Where the site asks to wait, the page ends; where it
/// refuses every opening of the page, that is the answer.
pub(crate) fn page(
    all: &[String],
    start: u32,
    ask: impl Fn(&str) -> Result<Posting, PortalError>,
) -> Result<Page, PortalError> {
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let end = start.saturating_add(FULL).min(all.len());
    let mut page = Page {
        postings: Vec::new(),
        next: (end < all.len()).then(|| end.to_string()),
        total: u32::try_from(all.len()).ok(),
        dropped: Vec::new(),
    };
    let mut refused = None;
    let mut refusals = 0;
    for (index, id) in all.iter().enumerate().take(end).skip(start) {
        match ask(id) {
            Ok(posting) => page.postings.push(posting),
            Err(error @ PortalError::RateLimited(_)) => {
                if index == start {
                    return Err(error);
                }
                page.next = Some(index.to_string());
                break;
            }
            Err(error) => {
                page.dropped
                    .push(format!("opening {id}: {}", portal_sdk::reason(&error)));
                if matches!(error, PortalError::Blocked(_) | PortalError::NeedsLogin) {
                    refusals += 1;
                    refused = Some(error);
                }
            }
        }
    }
    match refused {
        Some(error) if refusals == page.dropped.len() && page.postings.is_empty() => Err(error),
        _ => Ok(page),
    }
}

/// The posting of an opening's page.
pub(crate) fn posting(html: &str, id: &str) -> Result<Posting, PortalError> {
    let url = claim::opening(id);
    let found = job_posting::of_page(html, &url).into_iter().next();
    let mut posting = found.ok_or_else(|| {
        PortalError::Changed(format!("the page of opening {id} carries no posting"))
    })?;
    id.clone_into(&mut posting.external_id);
    posting.url = url;
    posting.company.get_or_insert_with(|| "Meta".to_owned());
    Ok(posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITEMAP: &[u8] = include_bytes!("../fixtures/sitemap.xml");
    const OPENING: &str = include_str!("../fixtures/opening.html");

    #[test]
    fn the_sitemap_names_each_opening_once() {
        assert_eq!(
            openings(SITEMAP).unwrap(),
            ["700000000000001", "700000000000002", "73"]
        );
        for body in ["", "<html></html>", "{}", "<urlset><url><loc>x</loc>"] {
            let error = openings(body.as_bytes()).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{body} {error:?}");
        }
        assert!(openings(b"<urlset/>").unwrap().is_empty());
    }

    #[test]
    fn an_opening_is_read_from_its_page() {
        let found = posting(OPENING, "700000000000001").unwrap();
        assert_eq!(found.external_id, "700000000000001");
        assert_eq!(
            found.url,
            "https://www.metacareers.com/profile/job_details/700000000000001/"
        );
        assert_eq!(found.title, "Harbour Crane Mechanic & Diver");
        assert_eq!(found.company.as_deref(), Some("Meta"));
        assert_eq!(found.locations, ["Ghent, VOV, BE", "Oslo, NO"]);
        assert_eq!(found.employment.as_deref(), Some("Full-time"));
        assert_eq!(
            found.closes_at.as_deref(),
            Some("2026-12-11T11:10:00-07:00")
        );
        let description = found.description_html.unwrap();
        for part in ["<li>Grease</li>", "<li>Two hands</li>", "You mend cranes."] {
            assert!(description.contains(part), "{description}");
        }
        for html in [
            "",
            "<html>",
            "<script type='application/ld+json'>{}</script>",
        ] {
            let error = posting(html, "7").unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{html} {error:?}");
        }
    }

    fn answer(id: &str) -> Result<Posting, PortalError> {
        match id {
            "gone" => Err(PortalError::Gone("it is gone".to_owned())),
            "blocked" => Err(PortalError::Blocked("no".to_owned())),
            "wait" => Err(PortalError::RateLimited(Some(9))),
            id => Ok(portal_sdk::posting(id.into(), "u".into(), "t".into())),
        }
    }

    fn ids(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn openings_are_handed_on_in_pages() {
        let all: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let first = page(&all, 0, answer).unwrap();
        assert_eq!(
            (first.postings.len(), first.next.as_deref()),
            (25, Some("25"))
        );
        assert_eq!(first.total, Some(30));
        let last = page(&all, 25, answer).unwrap();
        assert_eq!((last.postings.len(), last.next), (5, None));
        assert!(page(&all, 99, answer).unwrap().postings.is_empty());
    }

    #[test]
    fn what_cannot_be_had_is_dropped_and_the_others_stay() {
        let found = page(&ids(&["1", "gone", "blocked", "2"]), 0, answer).unwrap();
        assert_eq!(found.postings.len(), 2);
        assert_eq!(
            found.dropped,
            ["opening gone: it is gone", "opening blocked: no"]
        );
    }

    #[test]
    fn a_site_that_asks_to_wait_is_gone_on_with_later() {
        let found = page(&ids(&["1", "wait", "2"]), 0, answer).unwrap();
        assert_eq!(
            (found.postings.len(), found.next.as_deref()),
            (1, Some("1"))
        );
        let error = page(&ids(&["1", "wait", "2"]), 1, answer)
            .map(drop)
            .unwrap_err();
        assert!(
            matches!(error, PortalError::RateLimited(Some(9))),
            "{error:?}"
        );
        let error = page(&ids(&["blocked", "blocked"]), 0, answer)
            .map(drop)
            .unwrap_err();
        assert!(matches!(error, PortalError::Blocked(_)), "{error:?}");
        let found = page(&ids(&["gone", "gone"]), 0, answer).unwrap();
        assert_eq!(found.dropped.len(), 2);
    }
}
