//! Whether a posting can be used, and whether its fields are within the limits.
#![deny(clippy::indexing_slicing)]

use agent_core::job::{Posting, StatedPay};
use agent_core::text;

use super::{is_name, web_address};
use crate::limits::Limits;

/// Most places of one posting.
const PLACES: usize = 500;
/// Most benefits of one posting.
const BENEFITS: usize = 100;

/// A posting that has an id, a title and a web address, within the limits.
pub(in crate::host) fn posting(mut posting: Posting, limits: &Limits) -> Result<Posting, String> {
    if !is_name(&posting.external_id) {
        return Err("its id is empty, too long, or not plain text".to_owned());
    }
    let id = &posting.external_id;
    if text::line(&posting.title).is_empty() {
        return Err(format!("{id} has no title"));
    }
    if let Some(field) = too_long(&posting, limits) {
        return Err(format!("{id} has a {field} that is too long"));
    }
    match web_address(&posting.url) {
        Some(url) => posting.url = url,
        None => return Err(format!("{id} has no web address")),
    }
    posting.apply_url = posting.apply_url.as_deref().and_then(web_address);
    Ok(posting)
}

/// The name of a field that is longer than it may be.
fn too_long(posting: &Posting, limits: &Limits) -> Option<&'static str> {
    let Posting {
        external_id: _,
        url,
        apply_url,
        title,
        company,
        locations,
        workplace,
        description_html,
        description_text,
        pay,
        employment,
        level,
        department,
        team,
        language,
        posted_at,
        closes_at,
        requisition_id,
        group_id,
        benefits,
        industry,
        company_size,
        agency: _,
    } = posting;
    let StatedPay {
        text: pay_text,
        currency,
        period,
        ..
    } = pay.as_ref().unwrap_or(&NO_PAY);
    let texts = [
        ("address", Some(url)),
        ("address", apply_url.as_ref()),
        ("title", Some(title)),
        ("company", company.as_ref()),
        ("workplace", workplace.as_ref()),
        ("pay", pay_text.as_ref()),
        ("currency", currency.as_ref()),
        ("pay period", period.as_ref()),
        ("contract", employment.as_ref()),
        ("level", level.as_ref()),
        ("department", department.as_ref()),
        ("team", team.as_ref()),
        ("language", language.as_ref()),
        ("date", posted_at.as_ref()),
        ("date", closes_at.as_ref()),
        ("requisition", requisition_id.as_ref()),
        ("group", group_id.as_ref()),
        ("industry", industry.as_ref()),
        ("company size", company_size.as_ref()),
    ];
    let descriptions = [description_html, description_text];
    if benefits.len() > BENEFITS || benefits.iter().any(|b| b.len() > limits.field_bytes) {
        return Some("list of benefits");
    }
    if locations.len() > PLACES || locations.iter().any(|p| p.len() > limits.field_bytes) {
        return Some("list of places");
    }
    if descriptions
        .into_iter()
        .flatten()
        .any(|text| text.len() > limits.description_bytes)
    {
        return Some("description");
    }
    texts
        .into_iter()
        .find(|(_, text)| text.is_some_and(|text| text.len() > limits.field_bytes))
        .map(|(name, _)| name)
}

static NO_PAY: StatedPay = StatedPay {
    text: None,
    min: None,
    max: None,
    currency: None,
    period: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn a_posting(change: impl FnOnce(&mut Posting)) -> Posting {
        let mut posting = Posting {
            external_id: "1".into(),
            url: "https://jobs.example/1".into(),
            title: "Nurse".into(),
            ..Posting::default()
        };
        change(&mut posting);
        posting
    }

    fn check(change: impl FnOnce(&mut Posting), expected: Result<(), &str>) {
        let found = posting(a_posting(change), &Limits::default());
        match (&found, expected) {
            (Ok(_), Ok(())) => {}
            (Err(why), Err(part)) => assert!(why.contains(part), "{why}"),
            (found, expected) => panic!("{found:?} is not {expected:?}"),
        }
    }

    #[test]
    fn p5_a_posting_that_cannot_be_used_is_refused_with_its_reason() {
        check(|_| {}, Ok(()));
        check(|p| p.external_id.clear(), Err("its id"));
        check(|p| p.external_id = "a\u{1b}[2J".into(), Err("its id"));
        check(|p| p.external_id = "1".repeat(2000), Err("its id"));
        check(|p| p.title = " \t ".into(), Err("no title"));
        check(|p| p.url = "javascript:alert(1)".into(), Err("web address"));
        check(|p| p.url = "/jobs/1".into(), Err("web address"));
        check(|p| p.title = "x".repeat(65_536), Ok(()));
        check(|p| p.title = "x".repeat(65_537), Err("title"));
        check(|p| p.group_id = Some("x".repeat(65_537)), Err("group"));
        check(|p| p.description_html = Some("x".repeat(262_144)), Ok(()));
        check(
            |p| p.description_text = Some("x".repeat(262_145)),
            Err("description"),
        );
        check(|p| p.locations = vec!["x".into(); 501], Err("places"));
        check(|p| p.benefits = vec!["x".into(); 101], Err("benefits"));
    }

    #[test]
    fn an_apply_address_that_is_no_page_is_left_out() {
        let change = |p: &mut Posting| p.apply_url = Some("file:///etc/passwd".into());
        let found = posting(a_posting(change), &Limits::default()).unwrap();
        assert_eq!(found.apply_url, None);
    }
}
