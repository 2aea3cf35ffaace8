//! From the site's data to postings.

use portal_sdk::{Fields, Page, PortalError, Posting, gather, is_name, markup, text};
use serde_json::Value;

use crate::claim::SITE;
use crate::hydration;

/// Postings of a full page.
const FULL: usize = 20;

/// The postings of page `number`, counted from 1.
pub(crate) fn page(body: &str, locale: &str, number: u32) -> Result<Page, PortalError> {
    let changed = |why| PortalError::Changed(format!("page {number} of the list {why}"));
    let data = hydration::data(body).ok_or_else(|| changed("has no data in it"))?;
    let results = Fields::holding(&data, "searchResults")
        .ok_or_else(|| changed("has no search results in it"))?;
    let rows = results.list("searchResults");
    let total = results.count(&["totalRecords"]);
    // Talent pools are lists of people, not openings.
    let openings: Vec<Value> = rows.iter().filter(|row| !is_pool(row)).cloned().collect();
    let mut page = gather(&openings, |result| posting(result, locale));
    let seen = usize::try_from(number)
        .unwrap_or(usize::MAX)
        .saturating_mul(FULL);
    let more = match total {
        _ if rows.is_empty() => false,
        Some(total) => seen < usize::try_from(total).unwrap_or(usize::MAX),
        None => rows.len() >= FULL,
    };
    page.next = more.then(|| number.saturating_add(1).to_string());
    page.total = total;
    let before = seen.saturating_sub(FULL);
    if rows.is_empty() && number > 1 && total.is_some_and(|total| before < total as usize) {
        return Err(PortalError::Fetch(format!(
            "the list ends before page {number}, but the site says there are more postings"
        )));
    }
    Ok(page)
}

/// The posting of its own page.
pub(crate) fn detail(body: &str, locale: &str, id: &str) -> Result<Posting, PortalError> {
    let changed = |why: &str| PortalError::Changed(format!("the page of posting {id} {why}"));
    let data = hydration::data(body).ok_or_else(|| changed("has no data in it"))?;
    let job = Fields::holding(&data, "postingTitle")
        .ok_or_else(|| PortalError::Gone(format!("the site no longer shows posting {id}")))?;
    let mut posting = posting(job, locale).map_err(|why| changed(&why))?;
    id.clone_into(&mut posting.external_id);
    Ok(posting)
}

fn is_pool(result: &Value) -> bool {
    let Some(result) = Fields::of(result) else {
        return false;
    };
    let id = result.text(&["id", "reqId"]).unwrap_or_default();
    let kind = result.text(&["type"]).unwrap_or_default();
    id.starts_with("PIPE-") || kind == "PIPE"
}

fn posting(job: Fields<'_>, locale: &str) -> Result<Posting, String> {
    let id = job
        .text(&["id", "reqId", "positionId", "jobNumber"])
        .filter(|id| is_name(id))
        .ok_or("has no id")?;
    let title = job
        .line(&["postingTitle", "title"])
        .ok_or_else(|| format!("{id} has no title"))?;
    let slug = job.text(&["transformedPostingTitle"]);
    let url = match slug.filter(|slug| is_name(slug)) {
        Some(slug) => format!("https://{SITE}/{locale}/details/{id}/{slug}"),
        None => format!("https://{SITE}/{locale}/details/{id}"),
    };

    let mut posting = portal_sdk::posting(id, url, title);
    for place in job.objects("locations").filter_map(place) {
        text::add_place(&mut posting.locations, &place);
    }
    if posting.locations.is_empty() {
        posting.locations = job.lines("locations");
    }
    describe(&mut posting, job);
    posting.workplace = (job.flag(&["homeOffice"]) == Some(true)).then(|| "Home office".to_owned());
    posting.employment = job.line(&["jobType", "employmentType"]);
    let teams = job.lines("teamNames").into_iter().next();
    posting.team = job
        .object("team")
        .and_then(|team| team.line(&["teamName", "name"]))
        .or(teams);
    posting.posted_at = job
        .text(&["postDateInGMT"])
        .map(|moment| milliseconds(&moment))
        .or_else(|| job.line(&["postingDate"]));
    posting.requisition_id = job.line(&["reqId", "jobPositionId"]);
    // One position is posted at several places, each with an id of its own.
    posting.group_id = job.line(&["positionId"]);
    Ok(posting)
}

/// The list has the summary alone, an opening's page the other parts as well.
fn describe(posting: &mut Posting, job: Fields<'_>) {
    let part = |names: &[&str]| {
        let field = markup::html(&job.text(names)?);
        Some(if markup::has_tag(&field) {
            field
        } else {
            markup::of_plain(&text::unescape(&field))
        })
    };
    let all = [
        (None, part(&["jobSummary"])),
        (Some("Description"), part(&["description"])),
        (Some("Responsibilities"), part(&["responsibilities"])),
        (
            Some("Minimum qualifications"),
            part(&["minimumQualifications"]),
        ),
        (Some("Key qualifications"), part(&["keyQualifications"])),
        (
            Some("Preferred qualifications"),
            part(&["preferredQualifications"]),
        ),
        (
            Some("Education and experience"),
            part(&["educationAndExperience"]),
        ),
        (
            Some("Additional requirements"),
            part(&["additionalRequirements"]),
        ),
        (Some("Pay and benefits"), part(&["payAndBenefits"])),
    ];
    let all = all
        .iter()
        .map(|(heading, body)| (*heading, body.as_deref()));
    posting.description_html = portal_sdk::sections(all);
}

/// A place: its name may be the city's or the country's, and its city empty.
fn place(place: Fields<'_>) -> Option<String> {
    let [city, name, state, country] =
        ["city", "name", "stateProvince", "countryName"].map(|field| place.line(&[field]));
    let smallest = city.or(name);
    portal_sdk::place([smallest.as_deref(), state.as_deref(), country.as_deref()])
}

/// A moment with no more than three digits after the second.
fn milliseconds(moment: &str) -> String {
    let Some((whole, fraction)) = moment.split_once('.') else {
        return moment.to_owned();
    };
    let end = fraction
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(fraction.len());
    let (digits, zone) = fraction.split_at(end);
    format!("{whole}.{}{zone}", text::cut(digits, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../fixtures/search.json");
    const PAGE: &str = include_str!("../fixtures/search.html");
    const DETAIL: &str = include_str!("../fixtures/detail.json");

    #[test]
    fn a_page_of_the_list_is_read() {
        let page = page(LIST, "en-us", 1).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["200900001-0836", "200900002"], "no talent pool");
        assert_eq!((page.total, page.next.as_deref()), (Some(41), Some("2")));
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
        let first = &page.postings[0];
        assert_eq!(first.title, "Lens & Mount Engineer");
        assert_eq!(
            first.url,
            "https://jobs.apple.com/en-us/details/200900001-0836/lens-mount-engineer"
        );
        assert_eq!(
            first.locations,
            ["Jena, Thuringia, Germany", "Austria", "Graz, Austria"]
        );
        assert_eq!(
            first.description_html.as_deref(),
            Some("<p>You grind lenses.</p>\n<p>Small &amp; large.</p>")
        );
        assert_eq!(first.posted_at.as_deref(), Some("2026-09-11T18:18:12.228Z"));
        assert_eq!(first.group_id.as_deref(), Some("200900001"));
        assert_eq!(first.team.as_deref(), Some("Hardware"));
        let second = &page.postings[1];
        assert_eq!(second.posted_at.as_deref(), Some("Sep 11, 2026"));
        assert_eq!(second.workplace.as_deref(), Some("Home office"));
        assert!(second.locations.is_empty() && second.description_html.is_none());
    }

    #[test]
    fn a_web_page_is_read_through_its_data() {
        let page = page(PAGE, "en-us", 2).unwrap();
        assert_eq!(page.postings[0].title, "Glass \"Artist\"");
        assert_eq!((page.postings.len(), page.next), (1, None));
    }

    #[test]
    fn a_posting_is_read_from_its_own_page() {
        let found = detail(DETAIL, "en-us", "200900001-0836").unwrap();
        assert_eq!(found.external_id, "200900001-0836");
        assert_eq!(
            found.description_html.as_deref(),
            Some(
                "<p>You grind lenses.</p>\n<h3>Description</h3>\n<p>By hand.</p>\n\
                 <h3>Minimum qualifications</h3>\n<ul><li>Patience</li></ul>"
            )
        );
        let error = detail(r#"{"loaderData":{"jobDetails":null}}"#, "en-us", "7").unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
    }

    #[test]
    fn the_list_ends_where_the_site_says_and_another_shape_is_changed() {
        let list = |total: u32| format!(r#"{{"searchResults":[],"totalRecords":{total}}}"#);
        assert_eq!(page(&list(0), "en-us", 1).unwrap().next, None);
        assert_eq!(page(&list(40), "en-us", 3).unwrap().next, None);
        let error = page(&list(41), "en-us", 3).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Fetch(_)), "{error:?}");
        for body in ["", "<html>", "{}", r#"{"searchResults":["#, "null"] {
            let error = page(body, "en-us", 1).map(drop).unwrap_err();
            assert!(matches!(error, PortalError::Changed(_)), "{body} {error:?}");
        }
    }

    #[test]
    fn a_moment_keeps_three_digits_of_its_second() {
        for (moment, expected) in [
            ("2026-09-11T18:18:12.228789498Z", "2026-09-11T18:18:12.228Z"),
            ("2026-09-11T18:18:12.2+00:00", "2026-09-11T18:18:12.2+00:00"),
            ("2026-09-11T18:18:12Z", "2026-09-11T18:18:12Z"),
        ] {
            assert_eq!(milliseconds(moment), expected, "{moment}");
        }
    }
}
