//! The work-permit constraint.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::{Decision, Outcome, decision, unset};
use crate::{
    job::{Job, WorkplaceKind},
    matching::{Evidence, EvidenceSource},
    normal::place,
    profile::Preferences,
    text,
};

/// Sentences that refuse to sponsor.
const REFUSES: &[&str] = &[
    r"\bno\b[^.;]{0,40}\b(?:visa|sponsorship)",
    r"\b(?:not|unable|cannot|can't|won't|unfortunately|don't)\b[^.;]{0,60}\b(?:sponsor|sponsorship|visas?)\b",
    r"\b(?:without|no need (?:for|of)|not requir\w+)\b[^.;]{0,40}\bsponsorship",
    r"\bsponsorship\b[^.;]{0,30}\b(?:not|unavailable|cannot)\b",
    r"\bkein(?:e)?\b[^.;]{0,30}\b(?:visum|visa|sponsoring)",
    r"\b(?:pas|aucun)\b[^.;]{0,30}\b(?:visa|parrainage)",
];

/// Sentences that demand a right to work.
const DEMANDS: &[&str] = &[
    r"\b(?:authori[sz]ed|authori[sz]ation|eligible|eligibility|right|entitled|permission|legally able|legal right)\b[^.;]{0,25}\bto work\b",
    r"\bwork(?:ing)? (?:authori[sz]ation|permit|rights|visa)\b",
    r"\barbeitserlaubnis\b|\barbeitsgenehmigung\b",
    r"\bpermis de travail\b|\bautorisation de travail(?:ler)?\b",
    r"\bpermiso de trabajo\b",
    r"\b(?:citizenship|citizens?)\b[^.;]{0,30}\b(?:required|only)\b|\bmust be (?:a |an )?(?:u\.?s\.?|american|eu|uk|british|german|swiss) (?:citizens?|nationals?)",
    r"\bsecurity clearance\b[^.;]{0,30}\brequired\b",
];

/// Sentences that offer to sponsor.
const OFFERS: &[&str] = &[
    r"\b(?:we|will|can|may|do|happy to)\b[^.;]{0,30}\b(?:sponsor|offer|provide)\b[^.;]{0,30}\b(?:visas?|sponsorship|work permits?)",
    r"\b(?:visa|relocation and visa) (?:sponsorship|support|assistance)\b[^.;]{0,20}\b(?:available|offered|provided|possible)\b",
    r"\bvisa sponsorship\s*:\s*(?:yes|available)",
];

static KINDS: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(REFUSES.iter().chain(DEMANDS).chain(OFFERS)).ok());

/// Where one must be allowed to work: what follows "to work in", "citizen of".
static WHERE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in|within|for|für|en|au|aux)\s+(?:the\s+|der\s+|die\s+|den\s+|la\s+|le\s+)?(?P<where>[^.,;:()]{2,50})").ok()
});

/// What a sentence says of permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Offers,
    Demands,
    Refuses,
}

/// Work permit or sponsorship: the countries of the job against those where the
/// person may work.
pub(super) fn decide(job: &Job, prefs: &Preferences) -> Decision {
    let description = job
        .description
        .replace("U.S.A.", "USA")
        .replace("U.S.", "US")
        .replace("U.K.", "UK");
    let stated = text::sentences(&description)
        .filter_map(|sentence| Some((says(sentence)?, sentence)))
        .max_by_key(|(says, sentence)| (*says as u8, !named_countries(sentence).is_empty()));
    let quoted = stated.map(|(_, sentence)| Evidence::new(EvidenceSource::Posting, sentence));
    if prefs.permits.is_empty() {
        return match quoted {
            None => decision(
                Outcome::Pass,
                "you named no permits and the posting asks for none",
                unset("permits"),
            ),
            Some(quoted) if matches!(stated, Some((Says::Offers, _))) => decision(
                Outcome::Pass,
                "the employer helps with the permit",
                vec![quoted],
            ),
            Some(quoted) => decision(
                Outcome::Ask,
                "the posting asks for a right to work, and you did not say where you have one",
                vec![quoted],
            ),
        };
    }
    let permits = Evidence::new(EvidenceSource::Preference, &prefs.permits.join(", "));
    let mut evidence: Vec<Evidence> = quoted.into_iter().collect();
    let named = stated
        .map(|(_, sentence)| named_countries(sentence))
        .unwrap_or_default();
    let countries = if named.is_empty() {
        job_countries(job)
    } else {
        named
    };
    if evidence.is_empty() {
        let places: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
        evidence.extend(
            (!places.is_empty())
                .then(|| Evidence::new(EvidenceSource::Posting, &places.join("; "))),
        );
    }
    evidence.push(permits);
    let held = countries
        .iter()
        .any(|country| prefs.permits.contains(country));
    let names = || {
        countries
            .iter()
            .map(|code| place::country_name(code).unwrap_or(code))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match stated.map(|(says, _)| says) {
        _ if held => decision(
            Outcome::Pass,
            "you may work in a country of the job",
            evidence,
        ),
        Some(Says::Offers) => decision(
            Outcome::Pass,
            "the employer helps with the permit",
            evidence,
        ),
        Some(Says::Refuses | Says::Demands) if !countries.is_empty() => decision(
            Outcome::Fail,
            format!(
                "the employer wants a right to work in {}, which you did not name",
                names()
            ),
            evidence,
        ),
        Some(Says::Refuses | Says::Demands) => decision(
            Outcome::Ask,
            "the posting asks for a right to work without saying where",
            evidence,
        ),
        None if job.workplace.kind == Some(WorkplaceKind::Remote) => decision(
            Outcome::Ask,
            "the posting does not say whether it employs people where you may work",
            evidence,
        ),
        None if countries.is_empty() => decision(
            Outcome::Ask,
            "the posting does not say in which country the work is",
            evidence,
        ),
        None => decision(
            Outcome::Ask,
            format!(
                "the job is in {}, where you named no permit, and the posting does not speak of sponsorship",
                names()
            ),
            evidence,
        ),
    }
}

/// What `sentence` says of permits. An offer with a "not" in it is a refusal.
fn says(sentence: &str) -> Option<Says> {
    let lower = sentence.to_lowercase().replace('’', "'");
    let hints = [
        "visa",
        "visum",
        "sponsor",
        "work",
        "arbeitserlaubnis",
        "arbeitsgenehmigung",
        "permi",
        "autorisation",
        "citizen",
        "clearance",
    ];
    if !hints.iter().any(|hint| lower.contains(hint)) {
        return None;
    }
    let found = KINDS.as_ref()?.matches(&lower);
    let any = |from: usize, count: usize| (from..from + count).any(|at| found.matched(at));
    if any(0, REFUSES.len()) {
        Some(Says::Refuses)
    } else if any(REFUSES.len() + DEMANDS.len(), OFFERS.len()) {
        Some(Says::Offers)
    } else {
        any(REFUSES.len(), DEMANDS.len()).then_some(Says::Demands)
    }
}

/// Countries in which `sentence` demands the right to work.
fn named_countries(sentence: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for found in WHERE
        .iter()
        .flat_map(|pattern| pattern.captures_iter(sentence))
    {
        let Some(words) = found.name("where") else {
            continue;
        };
        let near: Vec<&str> = words.as_str().split_whitespace().take(5).collect();
        codes.extend(countries(&place::of_text(&near.join(" "))));
    }
    let citizens = [
        ("us citizen", "US"),
        ("u.s. citizen", "US"),
        ("american citizen", "US"),
        ("uk citizen", "GB"),
        ("british citizen", "GB"),
        ("german citizen", "DE"),
        ("swiss citizen", "CH"),
    ];
    let lower = sentence.to_lowercase();
    codes.extend(
        citizens
            .iter()
            .filter(|(words, _)| lower.contains(words))
            .map(|(_, code)| (*code).to_owned()),
    );
    codes.dedup();
    codes
}

fn job_countries(job: &Job) -> Vec<String> {
    let scope = if job.workplace.kind == Some(WorkplaceKind::Remote) {
        job.workplace.scope.as_slice()
    } else {
        &[]
    };
    let mut codes = countries(scope);
    codes.extend(countries(&job.places));
    codes.dedup();
    codes
}

/// Codes of the countries of `places`; those of a region are those of the Union
/// and its like only where the region is one of law.
fn countries(places: &[crate::job::Place]) -> Vec<String> {
    use crate::job::Region;
    let mut codes: Vec<String> = Vec::new();
    for place in places {
        codes.extend(place.country.clone());
        if matches!(place.region, Some(Region::EuropeanUnion | Region::Dach)) {
            codes.extend(place::codes(place.region).into_iter().map(str::to_owned));
        }
    }
    codes
}
