//! The gate on sentences that keep a fact and change its role, share, time or size, each
//! beside the true sentence that is put alike.

use super::*;
use crate::profile::{Education, Fact, Position};

fn fact(text: &str) -> Fact {
    Fact {
        text: text.to_owned(),
        line: None,
    }
}

fn position(title: &str, employer: &str, time: (&str, &str), done: &[&str]) -> Position {
    Position {
        title: title.to_owned(),
        employer: Some(employer.to_owned()),
        start: Month::of_iso(time.0),
        end: Month::of_iso(time.1),
        highlights: done.iter().map(|text| fact(text)).collect(),
        line: None,
    }
}

fn school(institution: &str, degree: &str, time: (&str, &str)) -> Education {
    Education {
        institution: institution.to_owned(),
        degree: Some(degree.to_owned()),
        start: Month::of_iso(time.0),
        end: Month::of_iso(time.1),
        line: None,
    }
}

fn findings(text: &str) -> Vec<Claim> {
    let profile = Profile {
        name: "Oda Lien".to_owned(),
        work: vec![
            position(
                "Laboratory Technician, Water",
                "Fjellvann Analyse",
                ("2020-01", ""),
                &[
                    "Calibrate 12 spectrometers every 2 months",
                    "Helped to replace the sample database of 4 terabytes",
                    "Cut the time for a water report from 50 to 30 hours",
                    "Safety delegate for the laboratory since 2023",
                    "Wrote checks for the database, reducing failed runs by 15%",
                    "Kept yearly losses below 4%",
                    "Raised the yearly yield from 20 to 32 tonnes in two years",
                ],
            ),
            position(
                "Laboratory Intern",
                "Havbruk Nord",
                ("2019-03", "2019-09"),
                &["Counted plankton in 40 samples a week, 90% of them from fish farms"],
            ),
            position("Barista", "Kaffebaren", ("2014-01", "2018-12"), &[]),
        ],
        education: vec![
            school("Nordland University", "MSc Chemistry", ("2016", "2018")),
            school("University of Tartu", "BSc Biology", ("2013", "2016")),
        ],
        skills: ["Python", "R (basic)", "Titration"].map(fact).to_vec(),
        certificates: vec![fact("Forklift licence, 2012")],
        ..Profile::default()
    };
    let grounds = Grounds {
        profile: &profile,
        posting: PostingText {
            title: "Process chemist",
            employer: "Solvik Paint",
            text: "You mix pigments and run chromatography. You speak at guild meetings. You have 3 years in chemistry.",
        },
        today: Month::of_iso("2026-03").unwrap(),
    };
    Gate::new(grounds).findings(text)
}

fn passes(text: &str) {
    let found = findings(text);
    assert!(found.is_empty(), "{text}\n{found:#?}");
}

fn is_stopped(text: &str) {
    assert!(!findings(text).is_empty(), "{text}");
}

#[test]
fn roles_and_their_years_are_those_held() {
    passes("I have been a laboratory technician for six years.");
    is_stopped("I have been a laboratory technician for eleven years.");
    is_stopped("I was Lead Technician at Havbruk Nord.");
    is_stopped("I worked as a technician for Havbruk Nord.");
    is_stopped("I did an internship of one and a half years at Havbruk Nord.");
    is_stopped("You would get somebody with ten years as a laboratory technician.");
}

#[test]
fn shares_and_levels_are_not_raised() {
    passes("I helped to replace the sample database of 4 terabytes.");
    is_stopped("I replaced the sample database of 4 terabytes.");
    is_stopped("I was responsible for replacing the sample database.");
    passes("I know Python well and R at a basic level.");
    is_stopped("I have strong knowledge of Python and R.");
}

#[test]
fn times_are_those_of_the_fact() {
    passes("I calibrate 12 spectrometers six times a year.");
    is_stopped("I calibrate 12 spectrometers every month.");
    passes("Since 2023 I have been safety delegate for the laboratory.");
    is_stopped("I have been safety delegate for the laboratory since I came in 2020.");
    is_stopped("I finished my master's degree in 2012.");
    is_stopped("I earned both my BSc and my MSc at Nordland University.");
}

#[test]
fn arithmetic_rests_on_one_fact() {
    passes("At Fjellvann Analyse I cut the time for a water report by 20 hours.");
    passes("I cut the time for a water report from 50 to 30 hours. That is 40 percent less.");
    is_stopped("I cut the time for a water report by 30 hours.");
    is_stopped("I cut the time for a water report from 50 to 30 hours. That is 60 percent less.");
    is_stopped("I halved the time for a tide report.");
}

#[test]
fn what_is_still_to_be_learned_is_not_claimed() {
    passes("After six years in a laboratory I would like to learn chromatography.");
    is_stopped("I would like to learn more, and I have run chromatography.");
    is_stopped("You would get somebody who runs chromatography.");
}

#[test]
fn a_result_keeps_its_way() {
    passes("I cut the time for a water report from 50 to 30 hours.");
    passes("Since I wrote the checks there were 15% fewer failed runs.");
    is_stopped("Since I wrote the checks there were 15% more failed runs.");
    is_stopped("Since I wrote the checks failed runs grew by 15%.");
}

#[test]
fn a_made_up_name_is_no_word_of_the_profile() {
    is_stopped("I keep the samples in Samplely at Fjellvann Analyse.");
    is_stopped("Samplely is where I keep the samples.");
}

#[test]
fn a_bound_is_that_of_the_fact() {
    passes("I kept yearly losses below 4%.");
    is_stopped("I kept yearly losses below 2%.");
    is_stopped("Losses were 2% a year.");
}

#[test]
fn times_are_those_of_the_deed_and_the_employer() {
    is_stopped("I have calibrated spectrometers for eleven years.");
    passes("I worked for Kaffebaren for five years before I joined Havbruk Nord in March 2019.");
    is_stopped("I worked for Havbruk Nord for five years before I joined Fjellvann Analyse.");
    passes("I raised the yearly yield from 20 to 32 tonnes in two years.");
    is_stopped("I raised the yearly yield from 20 to 32 tonnes in eight months.");
    is_stopped("Within a year I raised the yearly yield from 20 to 32 tonnes.");
}

#[test]
fn duties_of_the_posting_are_not_borrowed() {
    is_stopped("I speak at guild meetings.");
    passes("I would like to take part in guild meetings.");
}

#[test]
fn the_posting_employer_is_none_of_the_past() {
    for lie in [
        "As an intern at Solvik Paint in 2019 I counted plankton.",
        "In 2019 I counted plankton for Solvik Paint.",
        "Solvik Paint was my first employer.",
        "Solvik Paint trained me.",
        "I know Solvik Paint from the inside.",
        "I would like to return to Solvik Paint.",
        "I did a placement in your laboratory.",
        "My old colleagues at Solvik Paint know how I work.",
        "You know me from Solvik Paint, where I counted plankton.",
    ] {
        is_stopped(lie);
    }
    passes("At Solvik Paint I would like to learn how you mix pigments.");
    passes("I have never worked at Solvik Paint.");
}
