//! Addresses of postings, in one spelling for all the ways to write them.
#![deny(clippy::indexing_slicing)]

use url::Url;

/// Last segments of a path that lead to the form of a posting, not to another posting.
const FORM: [&str; 9] = [
    "apply",
    "application",
    "applications",
    "applynow",
    "bewerben",
    "c",
    "detail",
    "form",
    "new",
];

/// Query parameters that name a posting, in lower case.
const NAMING: [&str; 27] = [
    "ashby_jid",
    "currentjobid",
    "gh_jid",
    "id",
    "jid",
    "jk",
    "job",
    "job_id",
    "jobad",
    "jobid",
    "offer",
    "offer_id",
    "offerid",
    "oid",
    "opening",
    "opportunityid",
    "pid",
    "pipelineid",
    "position",
    "positionid",
    "posting",
    "postingid",
    "req",
    "reqid",
    "requisitionid",
    "vacancy",
    "vacancyid",
];

/// The address of one posting in a form that is equal for its page, its form, and
/// the hosts a portal serves it from. `None` for an address that names no single
/// posting, such as that of a careers page.
pub(super) fn of_posting(stated: &str) -> Option<String> {
    let url = Url::parse(stated).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mut segments: Vec<String> = url
        .path_segments()
        .map(|segments| {
            segments
                .filter(|segment| !segment.is_empty())
                .map(str::to_ascii_lowercase)
                .collect()
        })
        .unwrap_or_default();
    while segments.len() > 1
        && segments
            .last()
            .is_some_and(|last| FORM.contains(&last.as_str()))
    {
        segments.pop();
    }
    let mut naming: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_ascii_lowercase()))
        .filter(|(name, value)| {
            NAMING.contains(&name.as_str()) && value.bytes().any(|byte| byte.is_ascii_digit())
        })
        .collect();
    naming.sort();
    naming.dedup();
    if let Some(known) = of_portal(host, &segments, &naming) {
        return Some(known);
    }

    if segments.first().is_some_and(|first| is_locale(first)) {
        segments.remove(0);
    }
    let fragment = url
        .fragment()
        .map(str::to_ascii_lowercase)
        .filter(|fragment| naming.is_empty() && fragment.split('/').any(names_one));
    let by_path = segments.iter().rev().take(2).any(|last| names_one(last));
    if naming.is_empty() && fragment.is_none() && !by_path {
        return None;
    }
    let mut address = format!("{host}/{}", segments.join("/"));
    for (name, value) in &naming {
        address.push_str(&format!("&{name}={value}"));
    }
    if let Some(fragment) = fragment.filter(|_| !by_path) {
        address.push('#');
        address.push_str(fragment.trim_matches('/'));
    }
    Some(address)
}

/// The portal's own name of a posting, where its hosts and ids are known.
fn of_portal(host: &str, segments: &[String], naming: &[(String, String)]) -> Option<String> {
    let named = |name: &str| {
        let found = naming.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    if let Some(id) = named("gh_jid") {
        return Some(format!("greenhouse/{id}"));
    }
    if let Some(id) = named("ashby_jid") {
        return Some(format!("ashby/{id}"));
    }
    let last = segments.last()?.as_str();
    let on = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let after = |mark: &str| {
        let at = segments.iter().position(|segment| segment == mark)?;
        segments.get(at + 1).map(String::as_str)
    };
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        Some(digits).filter(|digits| digits.len() >= 3)
    };
    if on("greenhouse.io") {
        let id = after("jobs").or(named("token")).and_then(number)?;
        return Some(format!("greenhouse/{id}"));
    }
    if on("lever.co") || on("ashbyhq.com") {
        let portal = if on("lever.co") { "lever" } else { "ashby" };
        return is_uuid(last).then(|| format!("{portal}/{last}"));
    }
    if on("workable.com") {
        let code = after("j").or_else(|| after("jobs"))?;
        return Some(format!("workable/{code}"));
    }
    if on("smartrecruiters.com") {
        return Some(format!("smartrecruiters/{}", number(last)?));
    }
    if on("linkedin.com") {
        let id = last.rsplit('-').next().and_then(number);
        let id = id.or_else(|| named("currentjobid").and_then(number))?;
        return Some(format!("linkedin/{id}"));
    }
    if on("jobs.personio.de") || on("jobs.personio.com") {
        let tenant = host.split('.').next()?;
        return Some(format!("personio/{tenant}/{}", number(after("job")?)?));
    }
    if on("teamtailor.com") {
        let id = after("jobs").and_then(number)?;
        return Some(format!("{host}/{id}"));
    }
    if on("myworkdayjobs.com") || on("myworkdaysite.com") {
        let tenant = host.split('.').next()?;
        let (_, requisition) = last.rsplit_once('_')?;
        return Some(format!("workday/{tenant}/{requisition}"));
    }
    None
}

/// Whether a segment names one thing: by a number, a code or a phrase.
fn names_one(segment: &str) -> bool {
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let words = segment
        .split(['-', '_', '+'])
        .filter(|word| !word.is_empty())
        .count();
    digits >= 4 || words >= 3 || is_uuid(segment) || (digits >= 1 && segment.len() >= 8)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// "en", "de-ch", "pt_br"
fn is_locale(segment: &str) -> bool {
    let mut parts = segment.split(['-', '_']);
    let is_code =
        |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(is_code) && parts.next().is_none_or(is_code) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_posting_has_one_address_however_it_is_written() {
        let check = |spellings: &[&str]| {
            let all: Vec<_> = spellings.iter().map(|url| of_posting(url)).collect();
            assert!(
                all.iter().all(|one| one.is_some() && *one == all[0]),
                "{all:?}"
            );
        };
        check(&[
            "https://boards.greenhouse.io/acme/jobs/4012345",
            "https://job-boards.greenhouse.io/acme/jobs/4012345?gh_src=abc#app",
            "http://job-boards.eu.greenhouse.io/acme/jobs/4012345/",
            "https://acme.example/careers/role?utm_source=x&gh_jid=4012345",
        ]);
        check(&[
            "https://jobs.lever.co/acme/0b4b8e7c-1111-4222-8333-123456789abc",
            "https://jobs.eu.lever.co/acme/0B4B8E7C-1111-4222-8333-123456789abc/apply?lever-source=x",
        ]);
        check(&[
            "https://apply.workable.com/acme/j/A1B2C3D4E5/",
            "https://apply.workable.com/acme/j/a1b2c3d4e5/apply/",
            "https://acme.workable.com/j/A1B2C3D4E5",
        ]);
        check(&[
            "https://acme.jobs.personio.de/job/123456?language=de",
            "https://acme.jobs.personio.com/job/123456#apply",
        ]);
        check(&[
            "https://acme.wd3.myworkdayjobs.com/en-US/Careers/job/Lyon/Baker_R-1234",
            "https://acme.wd3.myworkdayjobs.com/Careers/job/Lyon-France/Baker_R-1234/apply",
        ]);
        check(&[
            "https://www.linkedin.com/jobs/view/baker-at-acme-3812345678?trk=x",
            "https://de.linkedin.com/jobs/view/3812345678/",
        ]);
        check(&[
            "http://www.acme.example/en/careers/head-baker-lyon/?utm_campaign=spring&ref=board",
            "https://acme.example/careers/head-baker-lyon/apply",
        ]);
        check(&[
            "https://acme.example/jobs?id=778&utm_source=x",
            "https://acme.example/jobs/?fbclid=1&id=778",
        ]);
    }

    #[test]
    fn other_postings_and_pages_of_no_posting_are_told_apart() {
        let differ = [
            "https://boards.greenhouse.io/acme/jobs/4012345",
            "https://boards.greenhouse.io/acme/jobs/4012346",
            "https://acme.example/jobs?id=778",
            "https://acme.example/jobs?id=779",
            "https://acme.example/careers/head-baker-lyon",
            "https://acme.example/careers/head-baker-nice",
            "https://acme.example/jobs#/job/1234",
        ];
        for (at, one) in differ.iter().enumerate() {
            assert!(of_posting(one).is_some(), "{one}");
            for other in &differ[at + 1..] {
                assert_ne!(of_posting(one), of_posting(other), "{one} {other}");
            }
        }
        for page in [
            "https://acme.example/careers",
            "https://acme.example/",
            "https://acme.example/en/jobs/apply",
            "https://boards.greenhouse.io/acme",
            "https://acme.example/jobs?page=2&utm_id=12345",
            "mailto:jobs@acme.example",
            "not an address",
        ] {
            assert_eq!(of_posting(page), None, "{page}");
        }
    }
}
