//! From Oracle Recruiting's JSON to postings.

use portal_sdk::{Fields, Page, Pay, PortalError, Posting, Step, gather, is_name, markup, text};
use serde_json::Value;

use crate::api::{Api, FULL};
use crate::claim::Site;

/// The postings of one answer of `api`, which begins at `start`.
pub(crate) fn page(
    body: &[u8],
    site: &Site,
    (api, start): (&Api, u32),
) -> Result<Page, PortalError> {
    let what = format!("site {}", site.name);
    let answer: Value = portal_sdk::read_json(body, &what)?;
    let list = Fields::holding(&answer, "requisitionList");
    let rows = match (list, Fields::of(&answer)) {
        (Some(list), _) => list.list("requisitionList"),
        // A site without postings, or a list that was not nested.
        (None, Some(answer)) if answer.get("items").is_some_and(Value::is_array) => {
            answer.list("items")
        }
        (None, _) => {
            let why = format!("no requisitions in the answer for {what}");
            return Err(PortalError::Changed(why));
        }
    };
    let step = Step {
        start,
        count: rows.len(),
        full: FULL,
        total: list.and_then(|list| list.count(&["TotalJobsCount"])),
    };
    let mut page = gather(rows, |row| posting(row, site));
    page.next = step.next()?.map(|next| api.cursor(next));
    page.total = step.total;
    Ok(page)
}

/// The one posting of an answer.
pub(crate) fn detail(body: &[u8], site: &Site, id: &str) -> Result<Posting, PortalError> {
    let answer: Value = portal_sdk::read_json(body, &format!("posting {id}"))?;
    let Some(found) = Fields::holding(&answer, "Title") else {
        let items = Fields::of(&answer).and_then(|answer| answer.get("items"));
        let is_empty = items.and_then(Value::as_array).is_some_and(Vec::is_empty);
        return Err(if is_empty {
            PortalError::Gone(format!("site {} no longer has posting {id}", site.name))
        } else {
            PortalError::Changed(format!("no posting in the answer for {id}"))
        });
    };
    let mut posting = posting(found, site)
        .map_err(|why| PortalError::Changed(format!("posting {id} cannot be read: {why}")))?;
    id.clone_into(&mut posting.external_id);
    if posting.description_html.is_none()
        && let Some(short) = found.text(&["ShortDescriptionStr"])
    {
        markup::describe(&mut posting, &short);
    }
    Ok(posting)
}

fn posting(row: Fields<'_>, site: &Site) -> Result<Posting, String> {
    let id = row
        .text(&["Id", "RequisitionNumber", "RequisitionId"])
        .filter(|id| is_name(id))
        .ok_or("has no id")?;
    let title = row
        .line(&["Title", "RequisitionTitle"])
        .ok_or_else(|| format!("{id} has no title"))?;
    let mut posting = portal_sdk::posting(id.clone(), site.opening(&id), title);
    posting.locations = places(row);
    posting.description_html = description(row);
    posting.workplace = row
        .line(&["WorkplaceType"])
        .or_else(|| row.line(&["WorkplaceTypeCode"]).map(|code| word(&code)));
    posting.pay = pay(row);
    posting.company = row.line(&["LegalEmployer", "RequisitionEmployer"]);
    posting.employment = row.line(&["JobSchedule", "JobType", "ContractType", "WorkerType"]);
    posting.level = row.line(&["JobLevel", "ManagerLevel"]);
    posting.department = row.line(&["Department", "Category", "JobFamily", "JobFunction"]);
    posting.team = row.line(&["Organization", "BusinessUnit"]);
    posting.language = row.line(&["Language", "ContentLocale"]);
    posting.posted_at = row.moment(&["PostedDate", "ExternalPostedStartDate"]);
    posting.closes_at = row.moment(&["PostingEndDate", "ExternalPostedEndDate"]);
    posting.requisition_id = Some(id);
    Ok(posting)
}

fn places(row: Fields<'_>) -> Vec<String> {
    let mut places = Vec::new();
    let add = |places: &mut Vec<String>, place: Option<String>| {
        if let Some(place) = place {
            text::add_place(places, &place);
        }
    };
    add(&mut places, row.line(&["PrimaryLocation"]));
    for place in row.objects("secondaryLocations") {
        add(&mut places, place.line(&["Name", "LocationName"]));
    }
    if places.is_empty() {
        for place in row
            .objects("workLocation")
            .chain(row.objects("otherWorkLocations"))
        {
            let [city, region, country] =
                [&["TownOrCity"][..], &["Region2", "Region1"], &["Country"]]
                    .map(|names| place.line(names));
            add(
                &mut places,
                portal_sdk::place([city.as_deref(), region.as_deref(), country.as_deref()]),
            );
        }
    }
    if places.is_empty() {
        add(&mut places, row.line(&["PrimaryLocationCountry"]));
    }
    places
}

/// Without the short description: a list has nothing but that, and whoever takes
/// it for the whole does not ask for the rest.
fn description(row: Fields<'_>) -> Option<String> {
    let part = |name| {
        let field = markup::html(&row.text(&[name])?);
        Some(if markup::has_tag(&field) {
            field
        } else {
            markup::of_plain(&text::unescape(&field))
        })
    };
    let all = [
        (None, part("ExternalDescriptionStr")),
        (
            Some("Responsibilities"),
            part("ExternalResponsibilitiesStr"),
        ),
        (Some("Qualifications"), part("ExternalQualificationsStr")),
        (None, part("OrganizationDescriptionStr")),
        (None, part("CorporateDescriptionStr")),
    ];
    let is_there = all.iter().take(3).any(|(_, body)| body.is_some());
    let all = all
        .iter()
        .map(|(heading, body)| (*heading, body.as_deref()));
    is_there.then(|| portal_sdk::sections(all)).flatten()
}

/// "ORA_ON_SITE" is "on site".
fn word(code: &str) -> String {
    code.trim_start_matches("ORA_")
        .to_lowercase()
        .replace('_', " ")
}

/// A field the employer added for the pay.
fn pay(row: Fields<'_>) -> Option<Pay> {
    let stated = row.objects("requisitionFlexFields").find_map(|field| {
        let name = field.line(&["Prompt", "Name"])?.to_lowercase();
        let is_pay = ["salary", "compensation", "pay range", "pay rate"]
            .iter()
            .any(|word| name.contains(word));
        let value = field.line(&["Value"])?;
        (is_pay && value.contains(|c: char| c.is_ascii_digit())).then_some(value)
    })?;
    Some(Pay {
        text: Some(stated),
        min: None,
        max: None,
        currency: None,
        period: None,
    })
}

#[cfg(test)]
mod tests;
