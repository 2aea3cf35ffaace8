//! What likes and hides teach, and what they must never do.

use super::*;
use crate::{
    ids::{JobId, SourceId},
    job::{Level, WorkplaceKind},
};

fn traits<'a>(title: &'a str, company: &'a str, skills: &'a [&'a str]) -> Traits<'a> {
    Traits {
        title,
        company,
        skills,
        ..Traits::default()
    }
}

fn example(of: &Traits<'_>, judgement: Judgement, age: u32) -> Example {
    Example {
        name: format!("{} at {}", of.title, of.company),
        features: of.features(),
        judgement,
        age,
    }
}

fn points(examples: &[Example], of: &Traits<'_>) -> f64 {
    FeedbackModel::learn(examples, Vec::new())
        .shift(&of.ids())
        .points
}

const BREAD: Traits<'_> = Traits {
    title: "Senior Baker (m/w/d)",
    company: "Muster Mills",
    agency: false,
    industry: Some("Food"),
    workplace: Some(WorkplaceKind::OnSite),
    level: Some(Level::Senior),
    skills: &["Sourdough", "Hygiene"],
};

#[test]
fn features_are_read_once_whatever_their_case() {
    let of = Traits {
        title: "Data & data Engineer (C++), the 2nd",
        agency: true,
        skills: &["C++", "c++", "SQL"],
        ..BREAD
    };
    let words: Vec<String> = of.features().iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "being posted by an agency",
            "company Muster Mills",
            "industry Food",
            "workplace on-site",
            "level senior",
            "“Data” in the title",
            "“Engineer” in the title",
            "“C++” in the title",
            "“2nd” in the title",
            "skill C++",
            "skill SQL",
        ]
    );
    let ids: Vec<u64> = of.features().iter().map(Feature::id).collect();
    assert_eq!(ids, of.ids().iter().map(|(_, id)| *id).collect::<Vec<_>>());
    let shouted = traits("DATA ENGINEER", "MUSTER MILLS", &[]);
    assert!(shouted.ids().iter().all(|(_, id)| ids.contains(id)));
}

#[test]
fn the_first_like_and_the_first_hide_count_and_stay_within_bounds() {
    let like = [example(&BREAD, Judgement::Liked, 0)];
    let hide = [example(&BREAD, Judgement::Hidden, 0)];
    let akin = traits("Baker", "Other Mills", &["Sourdough"]);
    let strange = traits("Welder", "Ironworks", &["TIG"]);
    assert!(points(&like, &BREAD) > 3.0);
    assert!(points(&like, &akin) > 0.5 && points(&like, &akin) < points(&like, &BREAD));
    assert!(points(&hide, &BREAD) < -3.0 && points(&hide, &akin) < -0.5);
    for examples in [&like, &hide] {
        assert!(points(examples, &strange).abs() < 1e-9);
    }
    let many: Vec<Example> = (0..1000)
        .map(|_| example(&BREAD, Judgement::Liked, 0))
        .collect();
    assert!(points(&many, &BREAD) <= MAX_POINTS);
    // A like and a hide of the same cancel out.
    let both = [like[0].clone(), hide[0].clone()];
    assert!(points(&both, &BREAD).abs() < 1e-9);
}

#[test]
fn what_is_older_counts_less_and_an_application_more_than_a_refusal() {
    let at = |judgement, age| points(&[example(&BREAD, judgement, age)], &BREAD);
    assert!(at(Judgement::Liked, 0) > at(Judgement::Liked, 60));
    assert!(at(Judgement::Liked, 60) > at(Judgement::Liked, 600));
    assert!(at(Judgement::Liked, 600) >= 0.0);
    // Steps of a week, so that the order does not change every night.
    assert_eq!(at(Judgement::Liked, 7), at(Judgement::Liked, 13));
    assert_eq!(at(Judgement::Applied, 0), at(Judgement::Liked, 0));
    assert!(at(Judgement::Hidden, 0) < at(Judgement::Discarded, 0));
    assert!(at(Judgement::Discarded, 0) < at(Judgement::Rejected, 0));
    assert!(at(Judgement::Rejected, 0) < 0.0);
}

#[test]
fn the_same_judgements_teach_the_same_in_any_order() {
    let other = traits("Welder", "Ironworks", &["TIG", "Hygiene"]);
    let mut examples = vec![
        example(&BREAD, Judgement::Liked, 3),
        example(&other, Judgement::Hidden, 90),
        example(&BREAD, Judgement::Rejected, 20),
    ];
    let model = FeedbackModel::learn(&examples, Vec::new());
    examples.reverse();
    let again = FeedbackModel::learn(&examples, Vec::new());
    assert_eq!(model, again);
    assert_eq!(model.fingerprint(), again.fingerprint());
    examples.pop();
    let less = FeedbackModel::learn(&examples, Vec::new());
    assert_ne!(model.fingerprint(), less.fingerprint());
    assert!(FeedbackModel::learn(&[], Vec::new()).is_empty());
}

#[test]
fn p7_a_moved_job_names_the_judged_jobs_it_rests_on() {
    let model = FeedbackModel::learn(&[example(&BREAD, Judgement::Liked, 0)], Vec::new());
    let akin = traits("Baker", "Other Mills", &[]);
    let reasons = model.reasons(&akin.features());
    assert_eq!(reasons.len(), 1);
    assert_eq!(
        reasons[0].text,
        "“Baker” in the title moves it up: you wanted 1 with it"
    );
    assert_eq!(
        reasons[0].evidence[0].quote,
        "liked: Senior Baker (m/w/d) at Muster Mills"
    );
    assert!(
        model
            .reasons(&traits("Welder", "X", &[]).features())
            .is_empty()
    );
}

#[test]
fn rules_are_proposed_when_five_hides_agree_and_no_like_speaks_against() {
    let agency = |company: &'static str, title: &'static str| Traits {
        agency: true,
        workplace: Some(WorkplaceKind::OnSite),
        ..traits(title, company, &[])
    };
    let jobs = [
        ("One", "Baker"),
        ("Two", "Welder"),
        ("Three", "Nurse"),
        ("Four", "Driver"),
        ("Five", "Cook"),
    ];
    let rare = |_: &Feature| 0.1;
    let mut examples: Vec<Example> = jobs
        .iter()
        .map(|(company, title)| example(&agency(company, title), Judgement::Hidden, 1))
        .collect();
    let rules = |examples: &[Example], share: &dyn Fn(&Feature) -> f64| -> Vec<String> {
        let proposed = propose(examples, share);
        proposed.iter().map(|one| one.rule.to_string()).collect()
    };
    // The same five jobs are on-site too: the plainest alone is proposed.
    assert_eq!(
        rules(&examples, &rare),
        ["hide openings posted by agencies"]
    );
    assert_eq!(propose(&examples, rare)[0].because.len(), 5);
    assert!(rules(&examples[1..], &rare).is_empty(), "four are too few");
    let everywhere = |_: &Feature| 0.9;
    assert!(
        rules(&examples, &everywhere).is_empty(),
        "as frequent as ever"
    );
    examples.push(example(&agency("Six", "Cook"), Judgement::Liked, 1));
    assert!(rules(&examples, &rare).is_empty(), "one was liked");

    let remote = Traits {
        workplace: Some(WorkplaceKind::Remote),
        ..traits("Clerk", "Acme", &[])
    };
    let liked = vec![example(&remote, Judgement::Liked, 1); 5];
    assert_eq!(
        rules(&liked, &|feature| match feature.kind {
            FeatureKind::Company => 0.9,
            _ => 0.1,
        }),
        ["prefer remote openings"]
    );
}

#[test]
fn accepted_rules_hide_or_move_and_say_so() {
    let rule = |action, kind, value: &str| Rule {
        action,
        feature: Feature {
            kind,
            value: value.to_owned(),
        },
    };
    let rules = vec![
        rule(RuleAction::Raise, FeatureKind::Workplace, "remote"),
        rule(RuleAction::Hide, FeatureKind::Company, "acme"),
    ];
    let model = FeedbackModel::learn(&[], rules);
    let of = |company: &'static str, workplace| Traits {
        workplace: Some(workplace),
        ..traits("Clerk", company, &[])
    };
    let check = |company, workplace, points: f64, hidden_by| {
        let shift = model.shift(&of(company, workplace).ids());
        assert_eq!(
            (shift.points, shift.hidden_by),
            (points, hidden_by),
            "{company}"
        );
    };
    check("Acme", WorkplaceKind::OnSite, 0.0, Some(1));
    check("Other", WorkplaceKind::Remote, RULE_POINTS, None);
    check("Other", WorkplaceKind::Hybrid, 0.0, None);
    let reasons = model.reasons(&of("Acme", WorkplaceKind::OnSite).features());
    assert_eq!(
        reasons[0].text,
        "a rule you accepted: hide openings of acme"
    );
}

#[test]
fn an_effect_counts_what_goes_what_comes_and_what_moves() {
    let source = SourceId::of("lever", "acme");
    let id = |name: char| JobId::of(source, &name.to_string());
    let list = |names: &str| names.chars().map(id).collect::<Vec<_>>();
    let check = |before: &str, after: &str, hidden: &str, moved: u32, into_top: &str| {
        let found = effect(&list(before), &list(after), 2);
        assert_eq!(found.hidden, list(hidden), "{before} {after}");
        assert_eq!(found.moved, moved, "{before} {after}");
        assert_eq!(found.into_top, list(into_top), "{before} {after}");
    };
    check("abcd", "abcd", "", 0, "");
    check("abcd", "bcd", "a", 0, "c");
    check("abcd", "acbd", "", 2, "c");
    check("abcd", "dc", "ab", 2, "dc");
    assert_eq!(effect(&list("a"), &list("ab"), 2).shown, list("b"));
}
