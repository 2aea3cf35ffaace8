use std::collections::BTreeSet;

use super::{catalogue::built_in, demand::reaches, *};
use crate::{
    ids::{JobId, SourceId},
    job::{Posting as Stated, StatedPay, read},
    matching::{Brief, Direction, Found, Judge, Mark, Outcome, Person, Supposed, Weights},
    profile::{Edits, Fact, Month, Position, Preferences, Profile},
    skill::{self, Aliases},
};

const TODAY: Month = Month {
    year: 2026,
    month: 6,
};

/// A small generator of numbers (xorshift), the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next(words.len())]
    }

    fn vector(&mut self) -> Vec<f32> {
        (0..8).map(|_| self.next(200) as f32 - 60.0).collect()
    }
}

const TITLES: [&str; 7] = [
    "Backend Engineer",
    "Senior Backend Engineer",
    "Platform Engineer",
    "Software Developer",
    "Data Engineer",
    "Registered Nurse",
    "Accountant",
];
const SKILLS: [&str; 24] = [
    "Rust",
    "Go language",
    "PostgreSQL",
    "MySQL",
    "SQL",
    "Kubernetes",
    "k8s",
    "Docker",
    "Helm",
    "Terraform",
    "Kafka",
    "Python",
    "Django",
    "AWS",
    "Google Cloud",
    "Linux",
    "gRPC",
    "GraphQL",
    "React",
    "TypeScript",
    "JavaScript",
    "Patient care",
    "Bookkeeping",
    "communication skills",
];
const ASKS: [&str; 3] = ["Requirements", "Nice to have", "About the work"];

struct World {
    person: (Profile, Preferences),
    own: Vec<Vec<f32>>,
    skills: Vec<(String, Vec<f32>)>,
    briefs: Vec<(JobId, Vec<u8>)>,
}

impl World {
    fn of(seed: u64, jobs: u8) -> Self {
        let mut dice = Dice(seed);
        let fact = |text: &str| Fact {
            text: text.to_owned(),
            line: None,
        };
        let held: BTreeSet<&str> = (0..4).map(|_| dice.of(&SKILLS)).collect();
        let profile = Profile {
            skills: held.into_iter().map(fact).collect(),
            location: Some("Berlin, Germany".to_owned()),
            work: vec![Position {
                title: "Backend Engineer".to_owned(),
                employer: None,
                start: Month::of_iso("2019-01"),
                end: None,
                highlights: Vec::new(),
                line: None,
            }],
            ..Profile::default()
        };
        let prefs = Preferences {
            roles: vec!["Backend Engineer".to_owned()],
            places: vec!["Berlin".to_owned()],
            excluded_companies: vec!["Initech".to_owned()],
            ..Preferences::default()
        };
        let briefs = (0..jobs).map(|number| {
            let mut text: Vec<String> = Vec::new();
            for heading in ASKS {
                text.push(heading.to_owned());
                text.extend((0..dice.next(5)).map(|_| format!("- {}", dice.of(&SKILLS))));
            }
            let posting = Stated {
                external_id: number.to_string(),
                url: format!("https://jobs.example/{number}"),
                title: dice.of(&TITLES).to_owned(),
                locations: vec![dice.of(&["Berlin, Germany", "Remote", "Paris"]).to_owned()],
                description_text: Some(text.join("\n")),
                pay: (dice.next(3) == 0).then(|| StatedPay {
                    min: Some(50_000.0),
                    max: Some(90_000.0),
                    currency: Some("EUR".to_owned()),
                    period: Some("year".to_owned()),
                    ..StatedPay::default()
                }),
                ..Stated::default()
            };
            let company = dice.of(&["Acme", "Kranich", "Initech"]);
            let job = read(SourceId::of("p", "b"), company, &posting).unwrap();
            let found = Found {
                skills: skill::find_asked(&job.description, &Aliases::default()),
                text: Direction::of(&dice.vector()),
                title: Direction::of(&dice.vector()),
            };
            (job.id, Brief::bytes(&job, &found).unwrap())
        });
        let briefs: Vec<_> = briefs.collect();
        let person = Person::new(profile.clone(), prefs.clone(), TODAY);
        let labels = skill::labels()
            .into_iter()
            .filter(|label| label.contains(' '));
        Self {
            own: person.texts().iter().map(|_| dice.vector()).collect(),
            skills: labels
                .map(|label| (label.to_owned(), dice.vector()))
                .collect(),
            person: (profile, prefs),
            briefs,
        }
    }

    /// A judge made from nothing, of the person with these skills beside their own.
    fn judge_with(&self, skills: &[&str]) -> Judge {
        let mut edits = Edits::default();
        for skill in skills {
            edits.set_level(skill, Some(3)).unwrap();
        }
        let (profile, prefs) = self.person.clone();
        let person = Person::new(profile.edited(&edits), prefs, TODAY);
        Judge::new(person, Weights::default(), &self.own).with_skill_vectors(&self.skills)
    }

    fn supposed(&self, judge: &Judge, skills: &[&str]) -> Supposed {
        judge.supposing(skills, &self.skills, TODAY)
    }

    /// Gains and losses by judging every job twice, with nothing left out.
    fn by_force(&self, skills: &[&str], line: f64) -> (u32, u32, Vec<JobId>) {
        let (before, after) = (self.judge_with(&[]), self.judge_with(skills));
        let (mut gained, mut lost, mut ids) = (0, 0, Vec::new());
        for (id, bytes) in &self.briefs {
            let brief = Brief::read(bytes).unwrap();
            let reached = |judge: &Judge| {
                let standing = judge.weigh(&brief);
                standing.outcome != Outcome::Fail && standing.score >= line
            };
            match (reached(&before), reached(&after)) {
                (false, true) => {
                    gained += 1;
                    ids.push(*id);
                }
                (true, false) => lost += 1,
                _ => {}
            }
        }
        (gained, lost, ids)
    }

    fn tally(&self, judge: &Judge, line: f64) -> Tally {
        let mut tally = Tally::new(line);
        for (id, bytes) in &self.briefs {
            tally.add(*id, judge, &Brief::read(bytes).unwrap());
        }
        tally
    }
}

#[test]
fn what_a_skill_unlocks_is_what_judging_every_job_again_gives() {
    let (mut tried, mut unlocked, mut as_pairs) = (0, 0, 0);
    for seed in 1..9 {
        let world = World::of(seed * 7919, 120);
        let judge = world.judge_with(&[]);
        for line in [55.0, 70.0] {
            let tally = world.tally(&judge, line);
            let missing = tally.missing(&judge);
            assert!(missing.len() >= 8, "{missing:?}");
            let mut wanted: Vec<Vec<&str>> = missing.iter().map(|one| vec![one.as_str()]).collect();
            for (at, first) in missing.iter().enumerate().take(5) {
                let others = missing.iter().skip(at + 1).take(4);
                wanted.extend(others.map(|second| vec![first.as_str(), second.as_str()]));
            }
            let supposed = wanted.iter().map(|skills| world.supposed(&judge, skills));
            let trial = Trial::new(supposed.collect(), line);
            // In two shares, as the daemon counts.
            let mut gains = trial.empty();
            for share in world.briefs.chunks(50) {
                let mut part = trial.empty();
                for (id, bytes) in share {
                    trial.add(&mut part, *id, &judge, &Brief::read(bytes).unwrap());
                }
                gains
                    .iter_mut()
                    .zip(part)
                    .for_each(|(gain, part)| gain.merge(part));
            }
            for (skills, gain) in wanted.iter().zip(&gains) {
                let (gained, lost, ids) = world.by_force(skills, line);
                assert_eq!(
                    (gain.gained, gain.lost),
                    (gained, lost),
                    "{seed} {skills:?}"
                );
                assert!(gain.best().iter().all(|shown| ids.contains(&shown.id)));
                assert_eq!(gain.best().len(), ids.len().min(POSTINGS));
                assert_eq!(lost, 0, "a skill more makes no job worse");
                tried += 1;
                unlocked += gained;
                as_pairs += if skills.len() == 2 { gained } else { 0 };
            }
        }
    }
    // The lot is varied enough to mean something.
    assert!(
        tried > 300 && unlocked > 300 && as_pairs > 50,
        "{tried} {unlocked} {as_pairs}"
    );
}

#[test]
fn a_tally_is_the_same_in_shares_and_names_a_skill_once() {
    let world = World::of(99, 150);
    let judge = world.judge_with(&["Kubernetes"]);
    let whole = world.tally(&judge, 70.0);
    let mut merged = Tally::new(70.0);
    for share in world.briefs.chunks(37) {
        let mut part = Tally::new(70.0);
        for (id, bytes) in share {
            part.add(*id, &judge, &Brief::read(bytes).unwrap());
        }
        merged.merge(part);
    }
    assert_eq!(whole, merged);
    // "k8s" and "Kubernetes" are one skill, held under either name.
    assert_eq!(whole.count("k8s"), None);
    assert!(
        whole
            .count("Kubernetes")
            .is_some_and(|count| count.jobs() > 3)
    );
    let (held, missing) = (whole.held(&judge), whole.missing(&judge));
    assert!(held.iter().any(|skill| skill == "Kubernetes"));
    assert!(!missing.iter().any(|skill| skill == "Kubernetes"));
    assert!(missing.iter().all(|skill| !held.contains(skill)));
    // Who has PostgreSQL has SQL; a trait is nothing to learn.
    let judge = world.judge_with(&["PostgreSQL"]);
    let tally = world.tally(&judge, 70.0);
    assert!(tally.held(&judge).iter().any(|skill| skill == "SQL"));
    for skill in tally.held(&judge).iter().chain(&tally.missing(&judge)) {
        assert_ne!(
            skill::category(skill),
            Some(skill::Category::Soft),
            "{skill}"
        );
        assert_eq!(skill::named(skill), Some(skill.as_str()));
    }
}

#[test]
fn an_alias_of_the_person_neither_hides_nor_doubles_a_gap() {
    let mut world = World::of(5, 80);
    world.person.0.aliases = [("boat steering".to_owned(), "Kubernetes".to_owned())].into();
    world.person.0.skills = ["boat steering", "Rust"]
        .map(|text| Fact {
            text: text.to_owned(),
            line: None,
        })
        .to_vec();
    let (profile, prefs) = world.person.clone();
    let person = Person::new(profile, prefs, TODAY);
    let judge = Judge::new(person, Weights::default(), &world.own);
    let tally = world.tally(&judge, 70.0);
    assert!(judge.has("Kubernetes"));
    assert!(
        !tally
            .missing(&judge)
            .iter()
            .any(|skill| skill == "Kubernetes")
    );
}

#[test]
fn a_job_weighs_by_its_fit_without_its_skills() {
    let check = |beside, outcome, expected| {
        let mark = Mark {
            outcome,
            score: 99.0,
            beside_skills: beside,
        };
        assert_eq!(weight(&mark), expected, "{beside:?} {outcome:?}");
    };
    check(Some(100.0), Outcome::Pass, 1000);
    check(Some(70.0), Outcome::Pass, 500);
    check(Some(70.0), Outcome::Ask, 500);
    check(Some(70.0), Outcome::Fail, 0);
    check(Some(40.0), Outcome::Pass, 0);
    check(Some(3.0), Outcome::Pass, 0);
    // With nothing else known the score is all there is.
    check(None, Outcome::Pass, 983);
    let mark = |score, outcome| Mark {
        outcome,
        score,
        beside_skills: None,
    };
    assert!(reaches(&mark(75.0, Outcome::Pass), LINE));
    assert!(reaches(&mark(75.0, Outcome::Ask), LINE));
    assert!(!reaches(&mark(74.9, Outcome::Pass), LINE));
    assert!(!reaches(&mark(100.0, Outcome::Fail), LINE));
}

#[test]
fn a_path_takes_what_unlocks_most_for_an_hour_and_what_it_needs_before_it() {
    let aim = |skill: &str, unlocks| Aim {
        skill: skill.to_owned(),
        unlocks,
        demand: 0.1,
    };
    let check = |aims: &[Aim], has: &[&str], expected: &[&str]| {
        let planned = plan(aims, built_in(), &|skill| has.contains(&skill));
        let told: Vec<String> = planned
            .iter()
            .map(|one| match &one.for_skill {
                Some(aim) => format!("{} for {aim}", one.skill),
                None => one.skill.clone(),
            })
            .collect();
        assert_eq!(told, expected);
    };
    check(&[], &[], &[]);
    // Git takes a few hours, Kubernetes more than a hundred with all before it.
    check(
        &[aim("Kubernetes", 10), aim("Git", 5)],
        &["Linux", "Networking"],
        &["Git", "Docker for Kubernetes", "Kubernetes"],
    );
    check(
        &[aim("Kubernetes", 100), aim("Git", 1), aim("Docker", 1)],
        &["Linux", "Networking"],
        &["Docker", "Kubernetes", "Git"],
    );
    check(&[aim("Zephyrine", 3)], &[], &["Zephyrine"]);
    // Whatever is aimed at, nothing comes before what it needs, and nothing twice.
    let all: Vec<Aim> = built_in()
        .lessons()
        .zip(0..)
        .map(|(lesson, number)| aim(lesson.skill, number % 17))
        .collect();
    let planned = plan(&all, built_in(), &|_| false);
    assert_eq!(planned.len(), all.len());
    for (at, one) in planned.iter().enumerate() {
        let before = &built_in().lesson(&one.skill).unwrap().after;
        let earlier = &planned[..at];
        assert!(
            before
                .iter()
                .all(|needed| earlier.iter().any(|one| one.skill == *needed))
        );
    }
}

#[test]
fn a_skill_of_the_taxonomy_that_is_added_is_held_then() {
    // Each is asked for under its label; who adds it must be taken to have it.
    let world = World::of(3, 1);
    let judge = world.judge_with(&[]);
    for label in crate::skill::all_labels().step_by(97) {
        let with = world.supposed(&judge, &[label]);
        assert!(with.judge().has(label), "{label}");
    }
}
