use serde_json::{Value, json};

use super::*;
use crate::job::Level;

fn followed() -> Followed {
    Followed {
        companies: ["Kranich", "Halden Logistik", "Talerwerk"]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn reading(sentence: &str) -> (Sentence, Reading) {
    let sentence = Sentence::of(sentence).unwrap();
    let reading = read(&sentence, &followed());
    (sentence, reading)
}

/// A wish and the plan, in few words.
fn told(sentence: &str) -> String {
    let (_, reading) = reading(sentence);
    let plan = template(&reading);
    check(&plan).unwrap_or_else(|refusal| panic!("{sentence}: {refusal}"));
    lacks(&plan, &reading).unwrap_or_else(|refusal| panic!("{sentence}: {refusal}"));
    let wish = &plan.wish;
    let mut told: Vec<String> = Vec::new();
    let mut say = |name: &str, value: String| {
        if !value.is_empty() {
            told.push(format!("{name} {value}"));
        }
    };
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    say("roles", wish.roles.join("|"));
    say(
        "level",
        wish.level
            .map(|level| format!("{level:?}"))
            .unwrap_or_default(),
    );
    say("places", wish.places.join("|"));
    say(
        "remote",
        match wish.remote {
            Remote::Unsaid => String::new(),
            Remote::Also => "also".into(),
            Remote::Only => "only".into(),
        },
    );
    say(
        "pay",
        wish.pay
            .as_ref()
            .map(|pay| {
                format!(
                    "{} {}",
                    pay.amount,
                    pay.currency.as_deref().unwrap_or("any")
                )
            })
            .unwrap_or_default(),
    );
    say("at", wish.companies.join("|"));
    say("skills", wish.skills.join("|"));
    say("score", number(wish.least_score));
    say("list", number(wish.list));
    say("prepare", number(wish.prepare));
    say(
        "standing",
        if wish.standing {
            number(Some(wish.to_prepare()))
        } else {
            String::new()
        },
    );
    let kinds: Vec<&str> = plan.kinds().into_iter().map(StepKind::name).collect();
    told.push(kinds.join(" "));
    told.join("; ")
}

#[test]
fn rules_read_what_a_sentence_asks_for() {
    let all = "discover rank shortlist enrich";
    let mut wrong = Vec::new();
    for (sentence, expected) in [
        (
            "five backend roles in Berlin or remote, over 80k, and prepare the best three",
            format!(
                "roles backend; places Berlin; remote also; pay 80000 any; list 5; prepare 3; {all} draft"
            ),
        ),
        (
            "Show me the top 3 data scientist jobs",
            format!("roles data scientist; list 3; {all}"),
        ),
        (
            "find remote Rust jobs over €90,000",
            format!("roles rust; remote only; pay 90000 EUR; {all}"),
        ),
        (
            "backend or platform engineer roles in New York or Toronto",
            format!("roles backend engineer|platform engineer; places New York|Toronto; {all}"),
        ),
        (
            "prepare every new posting over 80 at these companies, at most three a day",
            "score 80; prepare 3; standing 3; shortlist enrich draft".into(),
        ),
        (
            "Whenever Kranich has a nurse opening, prepare it, max 2 per day",
            "roles nurse; at Kranich; prepare 3; standing 2; shortlist enrich draft".into(),
        ),
        ("what should I learn?", "report".into()),
        (
            "in which order should I learn what I am missing",
            "report".into(),
        ),
        (
            "Which applications got no answer? Follow up.",
            "follow-up".into(),
        ),
        (
            "find ten senior frontend developer jobs at Halden Logistik but do not apply",
            format!("roles frontend developer; level Senior; at Halden Logistik; list 10; {all}"),
        ),
        (
            "apply to the best match in Munich",
            format!("places Munich; prepare 1; {all} draft"),
        ),
        (
            "product manager roles at Stripe",
            format!("roles product manager; at Stripe; {all}"),
        ),
        (
            "at least 5 jobs with Kubernetes and Go",
            format!("skills Kubernetes|Go; list 5; {all}"),
        ),
        (
            "junior positions paying 3,500 euros a month",
            format!("level Entry; pay 42000 EUR; {all}"),
        ),
        (
            "nurse jobs in Germany scoring over 20",
            format!("roles nurse; places Germany; score 20; {all}"),
        ),
        ("make me happy", "ask".into()),
        (
            "find five backend roles and tell me what I should learn for them",
            format!("roles backend; list 5; {all} report"),
        ),
        ("prepare me a report of my skill gaps", "report".into()),
        ("jobs under 50k", all.into()),
    ] {
        check_told(sentence, &expected, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_told(sentence: &str, expected: &str, wrong: &mut Vec<String>) {
    let told = told(sentence);
    if told != expected {
        wrong.push(format!("{sentence}\n  is  {told}\n  not {expected}"));
    }
}

/// Checks sentences against what is told of them; `all` stands for the usual steps.
fn check_all(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (sentence, expected) in cases {
        let expected = expected.replace("all", "discover rank shortlist enrich");
        check_told(sentence, &expected, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn many_ways_to_ask_for_the_same_are_read() {
    check_all(&[
        // What a score is held to, however it is said.
        (
            "write applications for up to four electrical engineer jobs in Lyon, none under 65",
            "roles electrical engineer; places Lyon; score 65; prepare 4; all draft",
        ),
        (
            "the 5 highest scoring nurse jobs",
            "roles nurse; list 5; all",
        ),
        ("did anybody reply? if not, nudge them", "follow-up"),
        // Applications.
        (
            "get applications ready for nurse jobs in Hamburg",
            "roles nurse; places Hamburg; prepare 3; all draft",
        ),
        (
            "have applications ready for two nurse jobs",
            "roles nurse; prepare 2; all draft",
        ),
        (
            "write up applications for two nurse positions",
            "roles nurse; prepare 2; all draft",
        ),
        (
            "find nurse jobs but do not write applications",
            "roles nurse; all",
        ),
        (
            "put together applications for the two best nurse jobs",
            "roles nurse; prepare 2; all draft",
        ),
        // Applications that nobody answered.
        ("they never got back to me", "follow-up"),
        ("who has been ghosting me?", "follow-up"),
        ("three employers ghosted me", "list 3; follow-up"),
        ("I heard nothing from half of them", "follow-up"),
        ("no reply on my applications, what now?", "follow-up"),
        (
            "which jobs I applied to haven't answered? tell me",
            "follow-up",
        ),
        ("haven't heard back from anybody", "follow-up"),
        // What holds from now on.
        (
            "every morning show me new nurse jobs in Lyon",
            "roles nurse; places Lyon; standing 0; shortlist enrich",
        ),
        (
            "show me nurse jobs each week",
            "roles nurse; standing 0; shortlist enrich",
        ),
        (
            "tell me when a nurse job comes up",
            "roles nurse; standing 0; shortlist enrich",
        ),
        (
            "keep me posted on nurse jobs",
            "roles nurse; standing 0; shortlist enrich",
        ),
        (
            "keep an eye on Kranich for nurse roles",
            "roles nurse; at Kranich; standing 0; shortlist enrich",
        ),
    ]);
}

#[test]
fn what_is_no_sentence_is_refused() {
    assert_eq!(Sentence::of(" \u{1b}[2J … "), Err(SentenceError::Empty));
    let long = "a ".repeat(MAX_SENTENCE);
    assert_eq!(Sentence::of(&long), Err(SentenceError::TooLong));
    assert_eq!(
        Sentence::of("find\u{7} jobs").unwrap().as_str(),
        "find jobs"
    );
}

const EXAMPLE: &str =
    "five backend roles in Berlin or remote, over 80k, and prepare the best three";

fn proposed(sentence: &str, answer: &Value) -> Result<Vec<StepKind>, Refusal> {
    let (sentence, reading) = reading(sentence);
    propose(answer, &sentence, &reading).map(|proposal| proposal.plan.kinds())
}

#[test]
fn a_plan_of_a_model_is_taken_when_it_fits_the_sentence() {
    let answer = json!({
        "asks": "applications", "report": "none", "list": 5, "prepare": 3,
        "least_pay": 80000, "roles": ["backend", "none"], "places": ["Berlin"],
    });
    let (sentence, reading) = reading(EXAMPLE);
    let plan = propose(&answer, &sentence, &reading).unwrap().plan;
    assert_eq!(plan.wish.to_prepare(), 3);
    assert_eq!(
        plan.steps.last().map(|step| &step.work),
        Some(&Work::Draft {
            from: "shortlist".into(),
            limit: 3,
        })
    );
    assert_eq!(plan.wish.places, ["Berlin"]);
    assert_eq!(plan.budget.drafts, 3);
}

#[test]
fn p6_a_plan_of_a_model_is_refused_for_each_thing_it_may_not_say() {
    let good = json!({
        "asks": "applications", "report": "none", "roles": ["backend"], "places": [],
    });
    assert!(proposed(EXAMPLE, &good).is_ok());
    let check = |field: &str, value: Value, expected: Refusal| {
        let mut answer = good.clone();
        answer[field] = value;
        assert_eq!(proposed(EXAMPLE, &answer), Err(expected), "{answer}");
    };
    let unknown = |name: &str| Refusal::UnknownStep(name.into());
    let stray = || Refusal::Form("it has a field nobody asked for");
    check("asks", json!("submit"), unknown("submit"));
    check("asks", json!("approve"), unknown("approve"));
    check(
        "asks",
        json!(["applications"]),
        Refusal::Form("asks is no word"),
    );
    check("asks", json!("openings"), Refusal::Lacks(StepKind::Draft));
    check("asks", json!("learning"), Refusal::Lacks(StepKind::Draft));
    check("asks", json!("unclear"), Refusal::Lacks(StepKind::Draft));
    check("steps", json!(["shortlist", "draft", "submit"]), stray());
    check(
        "roles",
        json!(["a".repeat(1 << 20)]),
        Refusal::Form("a word is too long"),
    );
    check(
        "prepare",
        json!(30),
        Refusal::NotSaid { what: "the number" },
    );
    check("prepare", json!(-3), Refusal::Form("a number is none"));
    check(
        "hosts",
        json!(["evil.example"]),
        Refusal::Form("it has a field nobody asked for"),
    );
    check(
        "job",
        json!("00112233445566778899aabbccddeeff"),
        Refusal::Form("it has a field nobody asked for"),
    );
    check(
        "report",
        json!("everything"),
        Refusal::Form("there is no such report"),
    );
    assert_eq!(
        proposed(EXAMPLE, &json!("draft")),
        Err(Refusal::Form("it is no object"))
    );
    // A role or a place that is not in the sentence changes nothing.
    let mut invented = good.clone();
    invented["roles"] = json!(["dentist"]);
    invented["places"] = json!(["Paris"]);
    let (sentence, reading) = reading(EXAMPLE);
    let plan = propose(&invented, &sentence, &reading).unwrap().plan;
    assert_eq!(plan.wish.roles, ["backend"]);
    assert_eq!(plan.wish.places, ["Berlin"]);
    // What is the name of neither was put into the model's mouth.
    for strange in [
        "ada@example.com",
        "+49 30 1234567",
        "collector.example",
        "a; b",
    ] {
        for field in ["roles", "places"] {
            let mut answer = good.clone();
            answer[field] = json!([strange]);
            assert_eq!(
                proposed(EXAMPLE, &answer),
                Err(Refusal::NotSaid {
                    what: "a role or place"
                }),
                "{strange}"
            );
        }
    }
    // An employer is no place, and neither is a field of work.
    let answer = json!({
        "asks": "openings", "report": "none", "roles": [], "places": ["Kranich", "robotics"],
    });
    let given = Sentence::of("internships in robotics at Kranich").unwrap();
    let read = read(&given, &followed());
    let plan = propose(&answer, &given, &read).unwrap().plan;
    assert!(plan.wish.places.is_empty(), "{:?}", plan.wish);
    // What is not asked for is not prepared.
    assert_eq!(
        proposed("find backend roles in Berlin", &good),
        Err(Refusal::Unasked(StepKind::Draft))
    );
    // A standing goal does not read boards by itself.
    let standing = "prepare every new backend role over 80";
    let steps = [StepKind::Shortlist, StepKind::Enrich, StepKind::Draft];
    assert_eq!(proposed(standing, &good).unwrap(), steps);
}

#[test]
fn a_plan_out_of_order_or_beyond_its_vocabulary_is_refused() {
    let (_, reading) = reading(EXAMPLE);
    let refused = |kinds: &[StepKind], expected: Refusal| {
        let plan = assemble(reading.wish.clone(), kinds);
        assert_eq!(check(&plan), Err(expected), "{kinds:?}");
    };
    use StepKind::{Ask, Discover, Draft, Rank, Shortlist};
    refused(&[], Refusal::NoSteps);
    refused(&[Rank; 9], Refusal::TooManySteps);
    refused(&[Rank, Rank], Refusal::Twice(Rank));
    refused(&[Draft, Shortlist], Refusal::Needs(Draft, Shortlist));
    refused(&[Shortlist, Discover], Refusal::Order(Discover, Shortlist));
    refused(&[Shortlist, Draft, Ask], Refusal::AskBeside);
    let mut standing = assemble(reading.wish.clone(), &[Discover, Shortlist]);
    standing.wish.standing = true;
    assert_eq!(check(&standing), Err(Refusal::InStanding(Discover)));
}

#[test]
fn a_stored_plan_that_was_tampered_with_is_refused() {
    let (_, reading) = reading(EXAMPLE);
    let plan = template(&reading);
    let check_work = |work: Work, expected: Refusal| {
        let mut plan = plan.clone();
        *plan.steps.last_mut().unwrap() = Step {
            id: "draft".into(),
            work,
        };
        assert_eq!(check(&plan), Err(expected));
    };
    let draft = |from: &str, limit| Work::Draft {
        from: from.into(),
        limit,
    };
    check_work(draft("elsewhere", 1), Refusal::Reference(StepKind::Draft));
    check_work(draft("shortlist", 4), Refusal::Budget(StepKind::Draft));
    check_work(draft("shortlist", 0), Refusal::Budget(StepKind::Draft));
    assert_eq!(check(&plan), Ok(()));
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    let submit = text.replace("\"kind\":\"draft\"", "\"kind\":\"submit\"");
    assert!(serde_json::from_str::<Plan>(&submit).is_err());
}

#[test]
fn the_schema_offers_what_the_sentence_has() {
    let (_, reading) = reading(EXAMPLE);
    let schema = schema(&reading);
    let fields = &schema["properties"];
    assert_eq!(fields["prepare"]["enum"], json!([0, 5, 3]));
    assert_eq!(fields["least_pay"]["enum"], json!([0, 80000]));
    assert!(fields["least_score"].is_null() && fields["per_day"].is_null());
    let asks = fields["asks"]["enum"].as_array().unwrap();
    assert!(
        !asks
            .iter()
            .any(|step| step == "submit" || step == "approve")
    );
    assert_eq!(asks.len(), 5);
}

#[test]
fn a_wish_that_finds_nothing_gives_up_the_score_and_then_the_places() {
    let (_, reading) =
        reading("senior nurse jobs in Berlin or Hamburg or remote, over 80, over 60k");
    let mut wish = reading.wish;
    let mut dropped = Vec::new();
    while let Some((wider, widened)) = widen(&wish) {
        dropped.push(widened.dropped);
        wish = wider;
    }
    assert_eq!(
        dropped,
        ["the least score of 80", "the places Berlin, Hamburg"]
    );
    assert_eq!(
        (wish.level, wish.remote),
        (Some(Level::Senior), Remote::Unsaid)
    );
    assert!(wish.pay.is_some());
    wish.standing = true;
    wish.least_score = Some(80);
    assert_eq!(widen(&wish), None);
}

#[test]
fn the_filter_of_a_wish_is_readable() {
    let (_, reading) = reading(EXAMPLE);
    insta::assert_snapshot!(filter(&reading.wish).to_string());
}

#[test]
fn one_opening_is_one_draft() {
    check_all(&[
        (
            "fill in the form for the top cloud support job",
            "roles cloud support; prepare 1; all draft",
        ),
        (
            "apply to the best embedded job",
            "roles embedded; prepare 1; all draft",
        ),
        (
            "prepare the best one for a nurse",
            "roles nurse; prepare 1; all draft",
        ),
        (
            "find nurse jobs and prepare the best",
            "roles nurse; prepare 1; all draft",
        ),
        (
            "prepare an application to a nurse job in Hamburg",
            "roles nurse; places Hamburg; prepare 1; all draft",
        ),
        // The benign twins: more than one.
        (
            "fill in the forms for the best nurse jobs",
            "roles nurse; prepare 3; all draft",
        ),
        ("apply to nurse jobs", "roles nurse; prepare 3; all draft"),
        (
            "apply to the top four nurse jobs",
            "roles nurse; prepare 4; all draft",
        ),
        (
            "apply nowhere yet, just list nurse jobs",
            "roles nurse; all",
        ),
    ]);
}

#[test]
fn anywhere_is_remote_only_where_it_speaks_of_work() {
    check_all(&[
        (
            "remote nurse jobs, but don't send anything anywhere",
            "roles nurse; remote only; all",
        ),
        (
            "find nurse jobs, don't send anything anywhere",
            "roles nurse; all",
        ),
        (
            "nurse jobs anywhere in Germany",
            "roles nurse; places Germany; all",
        ),
        (
            "nurse jobs, remote anywhere",
            "roles nurse; remote only; all",
        ),
        (
            "nurse jobs where I can work from anywhere",
            "roles nurse; remote only; all",
        ),
        (
            "nurse jobs in Berlin or from home",
            "roles nurse; places Berlin; remote also; all",
        ),
    ]);
}

#[test]
fn a_kind_of_work_is_no_general_word() {
    check_all(&[
        ("show me job openings", "all"),
        ("any data job openings", "roles data; all"),
        ("find something in Berlin", "places Berlin; all"),
        ("work from home jobs", "remote only; all"),
        ("social work jobs", "roles social work; all"),
        // What the person comes from is not wanted.
        (
            "I want to move from sysadmin to data engineering",
            "roles data engineer; all",
        ),
        (
            "jobs for a switch from nurse to tax consultant in Berlin",
            "roles tax consultant; places Berlin; all",
        ),
        (
            "nurse jobs from Berlin to Hamburg",
            "roles nurse; places Berlin|Hamburg; all",
        ),
        // Skills by other words.
        (
            "Go-heavy backend work over 90k",
            "roles backend; pay 90000 any; skills Go; all",
        ),
        ("Kubernetes-based jobs", "skills Kubernetes; all"),
        (
            "is anyone hiring python people in Lisbon?",
            "roles python; places Lisbon; all",
        ),
        ("people manager jobs", "roles people manager; all"),
    ]);
    for (sentence, proposed, roles) in [
        (
            "is there something for welders?",
            json!(["something"]),
            "welder",
        ),
        (
            "anything around Leeds?",
            json!(["anything", "jobs", "work"]),
            "",
        ),
        (
            "is anyone hiring beekeepers?",
            json!(["beekeepers jobs"]),
            "beekeepers",
        ),
        (
            "anything for beekeepers in Leeds?",
            json!(["beekeepers in Leeds"]),
            "beekeepers",
        ),
        ("anything in Leeds?", json!(["Leeds"]), ""),
    ] {
        let (sentence, reading) = reading(sentence);
        let answer =
            json!({ "asks": "openings", "report": "none", "roles": proposed, "places": [] });
        let plan = propose(&answer, &sentence, &reading).unwrap().plan;
        assert_eq!(plan.wish.roles.join("|"), roles, "{}", sentence.as_str());
    }
}

#[test]
fn plain_german_sentences_are_read() {
    check_all(&[
        (
            "fünf Stellen als Datenbankadministrator in München, bereite die besten zwei vor",
            "roles datenbankadministrator; places München; list 5; prepare 2; all draft",
        ),
        ("zeig mir offene Stellen in Wien", "places Wien; all"),
        (
            "suche drei Rust Jobs in Berlin oder remote über 80k",
            "roles rust; places Berlin; remote also; pay 80000 any; list 3; all",
        ),
        (
            "bewirb dich nicht, zeig nur Stellen mit Kubernetes",
            "skills Kubernetes; all",
        ),
        ("was soll ich lernen?", "report"),
        ("wer hat nicht geantwortet?", "follow-up"),
    ]);
}

#[test]
fn what_a_plan_does_not_heed_is_told() {
    for (sentence, expected) in [
        (EXAMPLE, ""),
        ("Show me the top 3 data scientist jobs, please", ""),
        ("apply to the best match in Munich", ""),
        ("what should I learn about ferries?", ""),
        (
            "part-time nurse jobs within an hour of Ghent",
            "part-time hour",
        ),
        ("nurse jobs at climate startups", "climate startups"),
        ("remote nurse jobs, but don't send anything anywhere", ""),
        ("Go-heavy backend work", ""),
        ("Stellen als Koch in Wien mit Dachterrasse", "Dachterrasse"),
        ("nurse jobs under 65", "65"),
        ("nurse jobs for at most 90k", "90k"),
        (
            "nurse jobs that ask for 5 years of experience",
            "ask 5 years experience",
        ),
        ("whatever fits better than 75", ""),
    ] {
        let (sentence, reading) = reading(sentence);
        let left = unread(&sentence, &template(&reading)).join(" ");
        assert_eq!(left, expected, "{}", sentence.as_str());
    }
}
