//! Which facts a letter is made of. Rules choose them by what the posting asks for: a
//! small model that sees them all tells the same to everybody.

use std::cmp::Reverse;

use agent_core::{
    profile::{Month, Position},
    skill::{self, Need},
    text,
};

use super::facts::Ground;
use crate::clock;

/// Most facts of the work of today, and of all before.
const NOW: usize = 3;
const BEFORE: usize = 3;
/// Length of a fact, in characters.
const LONGEST: usize = 220;

/// What a model is told for a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Ids of the facts, as [`agent_core::grounding::stated_facts`] names them.
    pub(super) ids: Vec<String>,
    /// The facts under headings that say when they were so.
    pub(super) told: String,
}

/// Something the person did, with how much the posting asks for it.
struct Did<'a> {
    id: String,
    text: &'a str,
    weight: u32,
}

/// Chooses; `emphasis` is a skill that has to be spoken of.
pub(super) fn chosen(ground: &Ground, emphasis: Option<&str>) -> Chosen {
    let today = clock::this_month();
    let mut told = Told::default();
    let work = ground.profile.work.iter().enumerate();
    let (held, over): (Vec<_>, Vec<_>) = work.partition(|(_, position)| is_held(position, today));
    for (at, position) in held.into_iter().take(1) {
        let did = best(ground, emphasis, [(at, position)], NOW);
        told.position(("Now", "I am"), at, position, &did);
    }
    let mut did = best(ground, emphasis, over.iter().copied(), BEFORE);
    for (at, position) in over {
        let under = format!("w{}.", at + 1);
        let (here, others): (Vec<_>, Vec<_>) =
            did.into_iter().partition(|did| did.id.starts_with(&under));
        did = others;
        if !here.is_empty() {
            told.position(("Before, over now", "I was"), at, position, &here);
        }
    }
    for (at, project) in ground.profile.projects.iter().enumerate() {
        let all = project.lines().join("; ");
        if weight(ground, emphasis, &all) > 0 && told.ids.len() < NOW + BEFORE + 2 {
            told.fact(format!("p{}", at + 1), &format!("A project: {all}"));
        }
    }
    if told.ids.is_empty() {
        for (id, text) in super::model::facts(ground).into_iter().take(NOW + BEFORE) {
            told.fact(id, &text);
        }
    }
    Chosen {
        ids: told.ids,
        told: told.text,
    }
}

fn is_held(position: &Position, today: Month) -> bool {
    position.end.is_none_or(|end| end >= today)
}

/// What was done in these positions that the posting asks for most, the newest first
/// among equals.
fn best<'a>(
    ground: &Ground,
    emphasis: Option<&str>,
    positions: impl IntoIterator<Item = (usize, &'a Position)>,
    most: usize,
) -> Vec<Did<'a>> {
    let mut all: Vec<Did<'_>> = positions
        .into_iter()
        .flat_map(|(at, position)| {
            let lines = position.highlights.iter().enumerate();
            lines.map(move |(line, did)| Did {
                id: format!("w{}.{}", at + 1, line + 1),
                text: &did.text,
                weight: weight(ground, emphasis, &did.text),
            })
        })
        .collect();
    all.sort_by_key(|did| Reverse(did.weight));
    all.truncate(most);
    all
}

/// How much of what the posting asks for a line shows.
fn weight(ground: &Ground, emphasis: Option<&str>, line: &str) -> u32 {
    let found = skill::find(line);
    let weights = found.iter().map(|found| {
        let asked = ground.asked.iter().find(|asked| asked.skill == found.skill);
        let asked = asked.map_or(0, |asked| match asked.need {
            Need::Required => 3,
            Need::Named => 2,
            Need::Optional => 1,
        });
        let pointed_out = emphasis.is_some_and(|skill| skill == found.skill);
        asked + 10 * u32::from(pointed_out)
    });
    weights.sum()
}

#[derive(Default)]
struct Told {
    ids: Vec<String>,
    text: String,
}

impl Told {
    /// In the first person: a small model copies how a fact is put.
    fn position(
        &mut self,
        (when, i): (&str, &str),
        at: usize,
        position: &Position,
        did: &[Did<'_>],
    ) {
        let title = text::line(&position.title);
        let employer = text::line(position.employer.as_deref().unwrap_or_default());
        let held = match (title.is_empty(), employer.is_empty()) {
            (false, false) => format!("{i} {title} at {employer}"),
            (false, true) => format!("{i} {title}"),
            (true, _) => format!("{i} at {employer}"),
        };
        self.text.push_str(&format!("{when}:\n"));
        self.fact(format!("w{}", at + 1), &held);
        for did in did {
            self.fact(did.id.clone(), did.text);
        }
    }

    fn fact(&mut self, id: String, text: &str) {
        self.text
            .push_str(&format!("{id}: {}\n", text::quote(text, LONGEST)));
        self.ids.push(id);
    }
}

#[cfg(test)]
mod tests {
    use agent_core::profile::read::{Format, from_text};

    use super::super::facts::Posting;
    use super::*;

    fn told(posting: &str, emphasis: Option<&str>) -> Chosen {
        let cv = include_str!("../../../../examples/cv/backend-engineer.md");
        let ground = Ground::of(
            from_text(Format::Markdown, cv).unwrap().profile,
            Posting {
                job: None,
                title: "Engineer".to_owned(),
                employer: "Acme".to_owned(),
                text: posting.to_owned(),
                language: Some("en".to_owned()),
            },
        );
        chosen(&ground, emphasis)
    }

    #[test]
    fn each_posting_is_told_what_it_asks_for() {
        let ids = |posting, emphasis| told(posting, emphasis).ids;
        let platform = ids("We require Kubernetes and Terraform.", None);
        assert_eq!(platform[..2], ["w1", "w1.3"]);
        let shop = ids("You need Python, Django and Redis.", None);
        assert_eq!(shop[0], "w1");
        assert!(shop.contains(&"w3.1".to_owned()), "{shop:?}");
        assert!(!platform.contains(&"w3.1".to_owned()), "{platform:?}");
        let pointed = ids("We require Kubernetes.", Some("Redis"));
        assert!(pointed.contains(&"w3.1".to_owned()), "{pointed:?}");
    }

    #[test]
    fn what_is_over_is_said_to_be() {
        let told = told("You need Go and Kafka.", None).told;
        let (now, before) = told.split_once("Before, over now:").unwrap();
        assert!(now.starts_with("Now:\nw1: I am Senior Backend Engineer at Kranich Logistics"));
        assert!(
            before.contains("w2: I was Backend Engineer at Fennpay AG"),
            "{told}"
        );
        assert!(now.len() + before.len() < 2_000, "{told}");
    }
}
