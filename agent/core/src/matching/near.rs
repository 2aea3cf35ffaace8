//! Skills near those held: of one family in the taxonomy, or alike in meaning.

use std::collections::HashMap;

use super::{Direction, Scale, direction::cosine};
use crate::skill::{self, SkillMatch};

/// What a skill near one held counts beside the skill itself.
pub(super) const CREDIT: f64 = 0.35;

/// A skill that more than so many others imply is no family: half the lexicon
/// is "programming".
const FAMILY: usize = 30;

/// Least cosine of two names that mean much the same. A choice on the safe side: what
/// falls short of it counts as missing, and is told so.
const ALIKE: f64 = 0.75;

/// The skill held that makes another one near.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Near {
    /// The skill held.
    pub(super) held: String,
    pub(super) why: Why,
}

/// Why a skill is near.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Why {
    /// What is held is the wider skill.
    Wider,
    /// Both imply this one.
    Both(&'static str),
    /// Their names mean much the same: the cosine.
    Alike(f64),
}

/// The skills that are near one of `held` by what they imply, by label.
pub(super) fn by_family(held: &[SkillMatch]) -> HashMap<String, Near> {
    let implied: Vec<(&'static str, Vec<&'static str>)> = skill::labels()
        .into_iter()
        .map(|label| (label, skill::implied(label)))
        .collect();
    let mut families: HashMap<&'static str, usize> = HashMap::new();
    for wider in implied.iter().flat_map(|(_, wider)| wider) {
        *families.entry(wider).or_default() += 1;
    }
    let is_family = |wider: &str| families.get(wider).is_some_and(|size| *size <= FAMILY);
    // The first held of each family, in the order of the profile.
    let mut of: HashMap<&'static str, &str> = HashMap::new();
    for held in held {
        for wider in skill::implied(&held.skill) {
            if is_family(wider) {
                of.entry(wider).or_insert(&held.skill);
            }
        }
    }
    let mut near = HashMap::new();
    for (label, wider) in implied {
        let found = wider
            .iter()
            .filter(|wider| is_family(wider))
            .find_map(|wider| {
                let itself = held.iter().find(|held| held.skill == *wider);
                let (held, why) = match (itself, of.get(wider)) {
                    (Some(held), _) => (held.skill.as_str(), Why::Wider),
                    (None, Some(held)) => (*held, Why::Both(wider)),
                    (None, None) => return None,
                };
                let held = held.to_owned();
                Some(Near { held, why })
            });
        if let Some(found) = found {
            near.insert(label.to_owned(), found);
        }
    }
    add_siblings(&mut near, held);
    near
}

/// Adds to `near` the skills that stand in a small group of the taxonomy with one held.
fn add_siblings(near: &mut HashMap<String, Near>, held: &[SkillMatch]) {
    for one in held {
        for (group, label) in skill::siblings(&one.skill) {
            near.entry(label.to_owned()).or_insert_with(|| Near {
                held: one.skill.clone(),
                why: Why::Both(group),
            });
        }
    }
}

/// Adds to `near` the skills whose names mean much the same as the name of one
/// held. Names of one word are left out: "Java" and "JavaScript" share pieces
/// of their spelling, and nothing else.
pub(super) fn add_alike(
    near: &mut HashMap<String, Near>,
    held: &[SkillMatch],
    vectors: &[(String, Vec<f32>)],
    scale: &Scale,
) {
    let directions: Vec<(&str, Direction)> = vectors
        .iter()
        .filter(|(label, _)| label.trim().contains(' '))
        .filter_map(|(label, vector)| Some((label.as_str(), Direction::of(vector)?)))
        .collect();
    let own: Vec<&(&str, Direction)> = directions
        .iter()
        .filter(|(label, _)| held.iter().any(|held| held.skill == *label))
        .collect();
    for (label, direction) in &directions {
        if near.contains_key(*label) {
            continue;
        }
        let nearest = own
            .iter()
            .filter(|(held, _)| held != label)
            .filter(|(held, _)| skill::category(held) == skill::category(label))
            .filter_map(|(held, own)| {
                let cosine = cosine(own.bytes(), direction.bytes())?;
                Some((scale.to_built_in(cosine), *held))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .filter(|(cosine, _)| *cosine >= ALIKE);
        if let Some((cosine, held)) = nearest {
            near.insert(
                (*label).to_owned(),
                Near {
                    held: held.to_owned(),
                    why: Why::Alike(cosine),
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skill::Need;

    fn held(names: &[&str]) -> Vec<SkillMatch> {
        names
            .iter()
            .map(|name| SkillMatch {
                skill: (*name).to_owned(),
                need: Need::Named,
                years: None,
                evidence: (*name).to_owned(),
            })
            .collect()
    }

    #[test]
    fn skills_of_one_family_are_near() {
        let near = by_family(&held(&["PostgreSQL"]));
        let mysql = near.get("MySQL").map(|near| (&*near.held, &near.why));
        assert_eq!(mysql, Some(("PostgreSQL", &Why::Both("SQL"))));
        let near = by_family(&held(&["SQL"]));
        let mysql = near.get("MySQL").map(|near| (&*near.held, &near.why));
        assert_eq!(mysql, Some(("SQL", &Why::Wider)));
        assert_eq!(by_family(&held(&["Rust"])).get("MySQL"), None);
        assert_eq!(by_family(&[]), HashMap::new());
    }

    #[test]
    fn names_alike_in_meaning_are_near_and_spellings_are_not() {
        let labels = skill::labels();
        let two = |category| {
            let mut some = labels
                .iter()
                .filter(|label| label.contains(' ') && skill::category(label) == Some(category));
            [some.next(), some.next()].map(|label| (*label.unwrap()).to_owned())
        };
        let [own, other] = two(skill::Category::Soft);
        let vectors = |likeness: f32| {
            let along = (1.0 - likeness * likeness).sqrt();
            vec![
                (own.clone(), vec![1.0, 0.0]),
                (other.clone(), vec![likeness, along]),
                ("Java".to_owned(), vec![1.0, 0.0]),
                ("JavaScript".to_owned(), vec![1.0, 0.0]),
            ]
        };
        let near = |likeness| {
            let mut near = HashMap::new();
            add_alike(
                &mut near,
                &held(&[&own, "Java"]),
                &vectors(likeness),
                &Scale::default(),
            );
            near.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(near(0.9), std::slice::from_ref(&other));
        assert_eq!(near(0.6), Vec::<String>::new());
    }
}
