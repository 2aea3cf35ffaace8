//! From Personio's feed to postings.

use portal_sdk::xml::{self, Element, Feed};
use portal_sdk::{Page, Pay, PortalError, Posting, sections, text};

/// The first is the name of a product that is no more.
const FEED: Feed<'_> = Feed {
    roots: &["workzag-jobs", "personio-jobs", "jobs", "positions"],
    item: "position",
};

/// The page of a board's feed that starts at `cursor`.
pub(crate) fn page(
    body: &[u8],
    host: &str,
    what: &str,
    cursor: Option<&str>,
) -> Result<Page, PortalError> {
    xml::page(body, FEED, what, cursor, |position| posting(position, host))
}

/// The posting with this id out of a board's feed.
pub(crate) fn posting_of(
    body: &[u8],
    host: &str,
    what: &str,
    id: &str,
) -> Result<Posting, PortalError> {
    let mut cursor = None;
    loop {
        let page = page(body, host, what, cursor.as_deref())?;
        let mut postings = page.postings.into_iter();
        if let Some(posting) = postings.find(|posting| posting.external_id == id) {
            return Ok(posting);
        }
        cursor = Some(page.next.ok_or_else(|| {
            PortalError::Gone(format!("{host} does not list posting {id} any more"))
        })?);
    }
}

/// One posting; an error says what it lacks.
fn posting(position: &Element, host: &str) -> Result<Posting, String> {
    let id = position.text("id").ok_or("has no id")?;
    let title = position.text("name");
    let title = title.ok_or_else(|| format!("{id} has no title"))?;
    // The feed has no addresses: the page of a posting is made from its id.
    let url = position.text("jobUrl").or_else(|| position.text("url"));
    let url = url.unwrap_or_else(|| format!("https://{host}/job/{id}"));

    let mut posting = portal_sdk::posting(id, url, title);
    posting.company = position.text("subcompany");
    let more = position.all("additionalOffices");
    let more = more.flat_map(|offices| offices.all("office"));
    for office in position.all("office").chain(more) {
        let office = office.content().unwrap_or_default();
        text::add_place(&mut posting.locations, &office);
    }
    posting.workplace = position
        .text("workplaceType")
        .or_else(|| position.text("workplace"));
    posting.description_html = description(position);
    posting.pay = position.first("salaryInformation").and_then(pay);
    posting.employment = employment(position);
    posting.level = position.text("seniority");
    posting.department = position.text("department");
    posting.team = position.text("team");
    posting.language = position.text("language");
    posting.posted_at = position.text("createdAt");
    posting.requisition_id = position
        .text("requisitionId")
        .or_else(|| position.text("internalId"));
    Ok(posting)
}

fn description(position: &Element) -> Option<String> {
    let parts = position.all("jobDescriptions");
    let parts = parts.flat_map(|parts| parts.all("jobDescription"));
    let parts: Vec<_> = parts
        .map(|part| (part.text("name"), part.text("value")))
        .collect();
    sections(
        parts
            .iter()
            .map(|(name, value)| (name.as_deref(), value.as_deref())),
    )
}

/// "permanent, full-time"
fn employment(position: &Element) -> Option<String> {
    let parts = ["employmentType", "schedule"].map(|name| position.text(name));
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn pay(salary: &Element) -> Option<Pay> {
    let number = |name| -> Option<f64> {
        let stated: f64 = salary.text(name)?.parse().ok()?;
        (stated.is_finite() && stated > 0.0).then_some(stated)
    };
    let (min, max) = (number("min"), number("max"));
    (min.is_some() || max.is_some()).then(|| Pay {
        text: None,
        min,
        max,
        currency: salary
            .text("currencyCode")
            .or_else(|| salary.text("currency")),
        period: salary.text("type").or_else(|| salary.text("period")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: &[u8] = include_bytes!("../fixtures/board.xml");
    const MESSY: &[u8] = include_bytes!("../fixtures/messy.xml");
    const HOST: &str = "kaiku.jobs.personio.de";

    #[test]
    fn a_board_is_read_with_what_it_states() {
        let page = page(BOARD, HOST, "board kaiku", None).unwrap();
        assert_eq!((page.postings.len(), page.total), (2, Some(2)));
        assert!(page.dropped.is_empty(), "{:?}", page.dropped);
        let first = &page.postings[0];
        assert_eq!(first.external_id, "1200450");
        assert_eq!(first.title, "Signal & Audio Engineer (m/w/d)");
        assert_eq!(first.url, "https://kaiku.jobs.personio.de/job/1200450");
        assert_eq!(first.company.as_deref(), Some("Kaiku GmbH & Co. KG"));
        assert_eq!(first.locations, ["München", "Berlin", "Remote"]);
        assert_eq!(first.department.as_deref(), Some("R&D"));
        assert_eq!(first.employment.as_deref(), Some("permanent, full-time"));
        assert_eq!(first.level.as_deref(), Some("experienced"));
        assert_eq!(
            first.posted_at.as_deref(),
            Some("2026-03-02T09:15:00+00:00")
        );
        assert_eq!(
            first.description_html.as_deref(),
            Some(
                "<h3>Was du tust</h3>\n<p>Filter bauen &amp; messen.</p>\n\
                 <h3>Das bringst du mit</h3>\n<ul><li>C++</li></ul>"
            )
        );
        let pay = first.pay.as_ref().unwrap();
        assert_eq!((pay.min, pay.max), (Some(62000.0), Some(75500.5)));
        assert_eq!(pay.currency.as_deref(), Some("EUR"));
        assert_eq!(pay.period.as_deref(), Some("YEARLY"));

        let second = &page.postings[1];
        assert_eq!(second.locations, ["Berlin"]);
        assert_eq!(second.description_html, None);
        assert!(second.pay.is_none());
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_others_stay() {
        let page = page(MESSY, HOST, "board kaiku", None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["1", "2", "2"], "the host drops what is there twice");
        assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
        assert!(page.dropped[0].contains("no id"), "{:?}", page.dropped);
        assert!(page.dropped[1].contains("no title"), "{:?}", page.dropped);
        assert!(page.dropped[2].contains("ends in the middle"));
        let bare = &page.postings[0];
        assert_eq!(
            bare.description_html.as_deref(),
            Some("<p>Not escaped<br>at all</p>")
        );
        assert!(bare.pay.is_none());
    }

    #[test]
    fn one_posting_is_found_by_its_id_or_gone() {
        let posting = posting_of(BOARD, HOST, "posting 9", "1200451").unwrap();
        assert_eq!(posting.title, "Werkstudent Büro");
        let error = posting_of(BOARD, HOST, "posting 9", "9").map(drop);
        assert!(matches!(error, Err(PortalError::Gone(_))), "{error:?}");
    }

    #[test]
    fn another_shape_is_changed() {
        for body in ["<html><body>no</body></html>", "<workzag-jobs>", "{}", ""] {
            let error = page(body.as_bytes(), HOST, "board kaiku", None).map(drop);
            assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
        }
        let none = page(b"<workzag-jobs/>", HOST, "board kaiku", None).unwrap();
        assert!(none.postings.is_empty());
    }
}
