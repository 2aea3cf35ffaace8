//! Reads the facts of a job.
#![deny(clippy::indexing_slicing)]

use super::{
    JobFacts, RULES, agency, benefit, closing, degree, employment,
    fold::{Sentence, Topic, sentences},
    hours, office, policy, right, size, terms, tongue, travel, years,
};
use crate::job::{Job, Stated};

/// Facts of one kind that are kept: a posting with more of them is no posting.
const MOST: usize = 12;

/// Facts of `job`, read from its fields, its title and its description.
///
/// What a portal states in a field comes before prose about the same thing.
pub fn read(job: &Job) -> JobFacts {
    let title = Sentence::of(&job.title);
    let all = sentences(&job.description);
    let about = |topic: Topic| all.iter().filter(move |one| one.may_be_about(topic));
    let mut rights: Vec<_> = about(Topic::Right).flat_map(right::of_sentence).collect();
    rights.truncate(MOST);
    let mut languages: Vec<_> = tongue::of_title(&title)
        .into_iter()
        .chain(about(Topic::Tongue).flat_map(tongue::of_sentence))
        .collect();
    languages.truncate(MOST);
    let mut policies: Vec<_> = about(Topic::Policy).flat_map(policy::of_sentence).collect();
    policies.truncate(MOST);
    let mut remote_limits: Vec<_> = about(Topic::Remote).filter_map(office::limit).collect();
    remote_limits.extend(office::limit(&title));
    remote_limits.truncate(MOST);
    let mut benefits = Vec::new();
    for listed in &job.benefits {
        benefit::add_listed(&mut benefits, listed);
    }
    for sentence in about(Topic::Benefit) {
        benefit::add(&mut benefits, sentence);
    }
    let of_contract: Vec<&Sentence<'_>> = about(Topic::Contract).collect();
    let pay_terms = job
        .pay
        .as_ref()
        .map(|pay| terms::of_pay(&Sentence::of(&pay.text)))
        .unwrap_or_default();
    JobFacts {
        rules: RULES,
        rights,
        languages,
        degree: degree::settle(
            about(Topic::Degree)
                .filter_map(degree::of_sentence)
                .collect(),
        ),
        years: about(Topic::Years).find_map(years::of_sentence),
        contracts: employment::of(job.employment.as_deref(), &title, &of_contract),
        pay_terms,
        hours: hours::of_sentence(&title)
            .or_else(|| about(Topic::Hours).find_map(hours::of_sentence)),
        office_days: about(Topic::Office).find_map(office::days),
        remote_limits,
        travel: about(Topic::Travel).find_map(travel::of_sentence),
        benefits,
        company_size: job
            .company_size
            .as_deref()
            .and_then(size::of_field)
            .or_else(|| about(Topic::Size).find_map(size::of_sentence)),
        closes_on: match job.closes_on {
            Some(_) => None,
            None => about(Topic::Closing).find_map(closing::of_sentence),
        },
        policies,
        agency: match job.agency {
            Some(value) => Some(Stated {
                value,
                text: "stated by the portal".to_owned(),
            }),
            None => about(Topic::Agency).find_map(agency::of_sentence),
        },
    }
}
