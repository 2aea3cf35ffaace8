//! A model's plan of a sentence: the schema of its answer for this one call, and
//! what its answer is worth.
//!
//! The schema leaves the model choices and little room to invent: what the sentence
//! asks for is one of five things, each the step a plan ends in; a number is one of
//! those in the sentence, an employer one that is named. Roles and places are its
//! own words, and must stand in the sentence. Ids, references and budgets are not
//! asked for at all.
#![deny(clippy::indexing_slicing)]

use serde_json::{Map, Value, json};

use super::{
    Plan, Reading, Refusal, Report, Sentence, StepKind, Wish, assemble, check, lacks,
    read::kind_of_work,
};
use crate::skill;

/// Most roles and skills of an answer, and most characters of one.
const MOST_WORDS: usize = 4;
const LONGEST_WORDS: usize = 40;

/// A plan that a model proposed, and that may be carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The plan.
    pub plan: Plan,
}

/// What a sentence may ask for, as the model is offered it: each is the step a plan
/// ends in, and the steps before it follow from that.
const ASKS: [(&str, StepKind); 5] = [
    ("openings", StepKind::Shortlist),
    ("applications", StepKind::Draft),
    ("learning", StepKind::Report),
    ("follow-up", StepKind::FollowUp),
    ("unclear", StepKind::Ask),
];

/// The JSON Schema of the answer about this sentence. What has one value only is
/// not asked.
pub fn schema(reading: &Reading) -> Value {
    let mut fields = Map::new();
    let asks = ASKS.map(|(name, _)| name);
    fields.insert("asks".into(), json!({ "enum": asks }));
    let reports = ["none", Report::SkillGap.name(), Report::LearningPath.name()];
    fields.insert("report".into(), json!({ "enum": reports }));
    for (name, values) in numbers(reading) {
        if values.len() > 1 {
            fields.insert(name.into(), json!({ "enum": values }));
        }
    }
    if !reading.wish.companies.is_empty() {
        fields.insert("companies".into(), some_of(&reading.wish.companies));
    }
    let words = json!({
        "type": "array",
        "maxItems": MOST_WORDS,
        "items": { "type": "string", "minLength": 1, "maxLength": LONGEST_WORDS },
    });
    fields.insert("roles".into(), words.clone());
    fields.insert("places".into(), words);
    let required: Vec<&String> = fields.keys().collect();
    json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": fields,
    })
}

fn some_of(names: &[String]) -> Value {
    json!({ "type": "array", "maxItems": names.len(), "items": { "enum": names } })
}

/// The numbers the sentence has for each field; 0 is none.
fn numbers(reading: &Reading) -> [(&'static str, Vec<u64>); 5] {
    let known = &reading.numbers;
    let mut counts: Vec<u64> = vec![0];
    for (_, count) in &known.counts {
        if !counts.contains(&u64::from(*count)) {
            counts.push(u64::from(*count));
        }
    }
    let one = |number: Option<u64>| [0].into_iter().chain(number).collect::<Vec<u64>>();
    let pay = known.pay.as_ref().map(|pay| pay.amount as u64);
    [
        ("list", counts.clone()),
        ("prepare", counts),
        ("least_score", one(known.score.map(u64::from))),
        ("least_pay", one(pay)),
        ("per_day", one(known.per_day.map(u64::from))),
    ]
}

/// What a model's answer is worth: a plan that may be carried out, or why not.
/// Nothing about the answer is taken on trust, also not that it fits the schema.
pub fn propose(
    answer: &Value,
    sentence: &Sentence,
    reading: &Reading,
) -> Result<Proposal, Refusal> {
    let given = answer.as_object().ok_or(Refusal::Form("it is no object"))?;
    let schema = schema(reading);
    let known = |name: &String| {
        schema
            .get("properties")
            .is_some_and(|fields| fields.get(name).is_some())
    };
    if !given.keys().all(known) {
        return Err(Refusal::Form("it has a field nobody asked for"));
    }
    let kinds = kinds(given.get("asks"), reading)?;
    let wish = wish(given, &kinds, sentence, reading)?;
    let plan = assemble(wish, &kinds);
    check(&plan)?;
    lacks(&plan, reading)?;
    Ok(Proposal { plan })
}

/// The steps to what the model says the sentence asks for.
fn kinds(asks: Option<&Value>, reading: &Reading) -> Result<Vec<StepKind>, Refusal> {
    let name = asks
        .and_then(Value::as_str)
        .ok_or(Refusal::Form("asks is no word"))?;
    let (_, last) = ASKS
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Refusal::UnknownStep(crate::text::quote(name, LONGEST_WORDS)))?;
    let lists = match last {
        StepKind::Shortlist | StepKind::Draft => true,
        // "Find five roles and tell me what to learn": both are asked for.
        StepKind::Report | StepKind::FollowUp => reading.openings,
        StepKind::Discover | StepKind::Rank | StepKind::Enrich | StepKind::Ask => false,
    };
    let mut kinds = Vec::new();
    if lists && !reading.wish.standing {
        kinds.extend([StepKind::Discover, StepKind::Rank]);
    }
    if lists {
        kinds.extend([StepKind::Shortlist, StepKind::Enrich]);
    }
    if *last != StepKind::Shortlist {
        kinds.push(*last);
    }
    let beside = reading.wish.report.is_some() && *last < StepKind::Report;
    if beside {
        kinds.push(StepKind::Report);
    }
    Ok(kinds)
}

fn wish(
    given: &Map<String, Value>,
    kinds: &[StepKind],
    sentence: &Sentence,
    reading: &Reading,
) -> Result<Wish, Refusal> {
    let said = &reading.wish;
    if kinds.contains(&StepKind::Draft) && said.prepare.is_none() {
        return Err(Refusal::Unasked(StepKind::Draft));
    }
    let mut chosen = [0_u64; 5];
    for ((name, values), chosen) in numbers(reading).into_iter().zip(&mut chosen) {
        *chosen = match given.get(name) {
            None => 0,
            Some(value) => {
                let number = value.as_u64().ok_or(Refusal::Form("a number is none"))?;
                if !values.contains(&number) {
                    return Err(Refusal::NotSaid { what: "the number" });
                }
                number
            }
        };
    }
    let [list, prepare, least_score, _, per_day] = chosen;
    let count = |number: u64| u32::try_from(number).ok().filter(|number| *number > 0);
    let report = match given.get("report").map(Value::as_str) {
        None | Some(Some("none")) => None,
        Some(Some(name)) => {
            Some(Report::of_name(name).ok_or(Refusal::Form("there is no such report"))?)
        }
        Some(None) => return Err(Refusal::Form("report is no word")),
    };
    // A role or place of another sentence, such as one of the prompt's, is left out.
    let mut places = said_places(given.get("places"), sentence)?;
    let employs = |place: &String| {
        let mut names = said.companies.iter();
        names.any(|name| name.eq_ignore_ascii_case(place))
    };
    places.retain(|place| !employs(place));
    // "Jobs" and "something" stand in the sentence, and in no title.
    let roles = worded(given.get("roles"), sentence)?;
    let mut roles: Vec<String> = roles
        .iter()
        .filter_map(|role| kind_of_work(role))
        .filter(|role| sentence.has_all(role))
        .collect();
    let named = |role: &String| {
        let mut names = said.places.iter().chain(&said.companies);
        names.any(|name| name.eq_ignore_ascii_case(role))
    };
    roles.retain(|role| !named(role));
    roles.dedup();
    let companies = listed(given.get("companies"))?;
    if !companies.iter().all(|name| said.companies.contains(name)) {
        return Err(Refusal::NotSaid {
            what: "the employer",
        });
    }
    // What the rules read in the sentence holds, whatever the model makes of it;
    // where they read nothing, what it says and stands there counts.
    Ok(Wish {
        roles: read_or(&said.roles, roles),
        places: read_or(&said.places, sentence.names_among(places)),
        least_score: said.least_score.or(count(least_score)),
        list: said.list.or(count(list)),
        prepare: kinds
            .contains(&StepKind::Draft)
            .then(|| said.prepare.or(count(prepare)))
            .flatten(),
        per_day: said.per_day.or(count(per_day)),
        report: kinds
            .contains(&StepKind::Report)
            .then(|| said.report.or(report))
            .flatten(),
        follow_up: kinds.contains(&StepKind::FollowUp),
        ..said.clone()
    })
}

/// What the rules read, or else what the model did.
fn read_or(read: &[String], model: Vec<String>) -> Vec<String> {
    if read.is_empty() {
        model
    } else {
        read.to_vec()
    }
}

/// The places that stand in the sentence, each without what comes before an "in".
fn said_places(given: Option<&Value>, sentence: &Sentence) -> Result<Vec<String>, Refusal> {
    let nothing = [
        "", "none", "null", "n/a", "any", "anywhere", "empty", "remote",
    ];
    let mut places = worded(given, sentence)?;
    for place in &mut places {
        if let Some((_, name)) = place.rsplit_once(" in ") {
            *place = name.to_owned();
        }
    }
    // "Internships in robotics": a field of work.
    let is_field = |place: &str| place.to_lowercase() == place && skill::named(place).is_some();
    places.retain(|place| {
        !is_field(place)
            && !nothing.contains(&place.trim().to_lowercase().as_str())
            && sentence.has_all(place)
    });
    places.truncate(MOST_WORDS);
    Ok(places)
}

/// Roles or places. One the model made up is left out later; what is no name of either,
/// such as an address, a number or a host, was put into its mouth.
fn worded(given: Option<&Value>, sentence: &Sentence) -> Result<Vec<String>, Refusal> {
    let listed = listed(given)?;
    let is_name = |word: &String| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let mut inner = word
            .split_whitespace()
            .map(|part| part.trim_end_matches('.'));
        let is_host = inner.any(|part| part.len() > 5 && part.contains('.'));
        !word.contains(['@', '/', ';', '<', '{']) && digits < 5 && !is_host
    };
    let is_strange = |word: &String| !is_name(word) && !sentence.has_all(word);
    match listed.iter().any(is_strange) {
        true => Err(Refusal::NotSaid {
            what: "a role or place",
        }),
        false => Ok(listed),
    }
}

fn listed(given: Option<&Value>) -> Result<Vec<String>, Refusal> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    let list = given.as_array().ok_or(Refusal::Form("a list is none"))?;
    list.iter()
        .map(|word| {
            let word = word.as_str().ok_or(Refusal::Form("a word is none"))?;
            if word.chars().count() > LONGEST_WORDS {
                return Err(Refusal::Form("a word is too long"));
            }
            Ok(crate::text::line(word))
        })
        .collect()
}
