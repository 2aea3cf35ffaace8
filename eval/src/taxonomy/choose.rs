//! Which of ESCO's names are taken, and what each stands for.
//!
//! A name that says too little by itself would be noise: small words, single words that
//! are one name of many for something special, titles that end the titles of other work.

use std::collections::{BTreeMap, BTreeSet};

use agent_core::skill::{
    Category,
    tagger::is_everyday,
    taxonomy::{folded, folded_title},
};
use anyhow::Result;

use super::{
    category,
    source::{Esco, Occupation, Skill},
};

/// Most words and bytes of a name. What the tagger finds is no longer.
const WORDS: usize = 4;
const BYTES: usize = 40;
/// Most words of a title.
const TITLE: usize = 5;

/// Fewest and most skills of a group that says they are alike.
const GROUP: std::ops::RangeInclusive<usize> = 2..=30;

/// A title that ends the titles of so many other unit groups is no name of one.
const VAGUE: usize = 3;

/// What is written.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Names of the groups of skills.
    pub(super) groups: Vec<String>,
    /// Label, kind and groups of each skill; those of one kind together.
    pub(super) skills: Vec<(String, Category, Vec<usize>)>,
    /// Number of the skill by folded name.
    pub(super) skill_names: BTreeMap<String, usize>,
    /// Names of unit and minor groups of ISCO-08.
    pub(super) units: BTreeMap<u16, String>,
    /// Title and unit group.
    pub(super) occupations: Vec<(String, u16)>,
    /// Numbers of the occupations by folded title.
    pub(super) titles: BTreeMap<String, BTreeSet<usize>>,
}

/// Chooses from the tables.
pub(super) fn choose(esco: &Esco) -> Result<Chosen> {
    let kept = skills(&esco.skills);
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for code in kept.iter().flat_map(|kept| &kept.skill.codes) {
        *sizes.entry(code).or_default() += 1;
    }
    let codes: Vec<&str> = sizes
        .iter()
        .filter(|(code, size)| code.starts_with(['K', 'S']) && GROUP.contains(size))
        .filter(|(code, _)| esco.groups.contains_key(**code))
        .map(|(code, _)| *code)
        .collect();
    let place = |code: &String| codes.binary_search(&code.as_str()).ok();
    let rows = kept.iter().map(|kept| {
        let groups = kept.skill.codes.iter().filter_map(place).collect();
        (kept.label.clone(), kept.category, groups)
    });
    let units = units(esco)?;
    let occupations: Vec<(String, u16)> = esco
        .occupations
        .iter()
        .map(|occupation| Ok((plain(&occupation.title), occupation.unit.parse()?)))
        .collect::<Result<_>>()?;
    Ok(Chosen {
        groups: codes
            .iter()
            .map(|code| esco.groups[*code].clone())
            .collect(),
        skills: rows.collect(),
        skill_names: skill_names(&kept),
        units,
        occupations,
        titles: titles(&esco.occupations),
    })
}

struct Kept<'a> {
    skill: &'a Skill,
    label: String,
    category: Category,
}

/// The skills whose preferred label or another is short enough to be met, those of one
/// kind together, each label once.
fn skills(all: &[Skill]) -> Vec<Kept<'_>> {
    let mut kept: Vec<Kept<'_>> = Vec::new();
    let mut labels = BTreeSet::new();
    for skill in all {
        let is_short = fits(&skill.label) || skill.others.iter().any(|name| fits(name));
        let label = shown(&skill.label);
        if is_short && !folded(&label).is_empty() && labels.insert(folded(&label)) {
            kept.push(Kept {
                skill,
                category: category::of(&skill.codes),
                label,
            });
        }
    }
    let order = |kept: &Kept<'_>| Category::ALL.iter().position(|one| *one == kept.category);
    kept.sort_by(|a, b| (order(a), &a.label).cmp(&(order(b), &b.label)));
    kept
}

/// A label as it is shown: without what stands in brackets behind, with a capital.
fn shown(label: &str) -> String {
    let bare = plain(label.split(" (").next().unwrap_or(label));
    let mut letters = bare.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// One line, without the mark that parts cells.
fn plain(name: &str) -> String {
    agent_core::text::line(&name.replace('|', " "))
}

/// What each name names. The preferred label of one skill is no name of another, and what
/// names two is no name at all.
fn skill_names(kept: &[Kept<'_>]) -> BTreeMap<String, usize> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (number, kept) in kept.iter().enumerate() {
        names.insert(folded(&kept.label), number);
    }
    let mut others: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, kept) in kept.iter().enumerate() {
        let is_known = kept.skill.codes.iter().any(|code| code.starts_with('K'));
        for name in kept.skill.others.iter().filter(|name| fits(name)) {
            let name = folded(name);
            if is_telling(&name, is_known) {
                others.entry(name).or_default().insert(number);
            }
        }
    }
    for (name, numbers) in others {
        if let (Some(number), 1) = (numbers.first(), numbers.len()) {
            names.entry(name).or_insert(*number);
        }
    }
    names
}

fn fits(name: &str) -> bool {
    name.len() <= BYTES && (1..=WORDS).contains(&folded(name).split_whitespace().count())
}

/// Whether another name of a skill says enough by itself. One word for something to do
/// ("plan") does not; one for something to know ("Phlebotomy") does.
fn is_telling(folded: &str, is_known: bool) -> bool {
    let mut words = folded.split(' ');
    match (words.next(), words.next()) {
        (Some(one), None) => is_known && one.chars().count() > 2 && !is_everyday(one),
        (Some(_), Some(_)) => true,
        (None, _) => false,
    }
}

/// The names of groups with three and four digits.
fn units(esco: &Esco) -> Result<BTreeMap<u16, String>> {
    let mut units = BTreeMap::new();
    // A unit group of 0xy0 has the number of a minor group that there is not.
    for (code, name) in esco.units.iter().filter(|(code, _)| code.len() >= 3) {
        units.insert(code.parse()?, plain(name));
    }
    Ok(units)
}

/// What each title names, as far as it says anything.
fn titles(all: &[Occupation]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut preferred: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut others: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, occupation) in all.iter().enumerate() {
        let title = folded_title(&occupation.title);
        preferred.entry(title).or_default().insert(number);
        for title in &occupation.others {
            let title = folded_title(title);
            if (1..=TITLE).contains(&title.split_whitespace().count()) {
                others.entry(title).or_default().insert(number);
            }
        }
    }
    let mut ending: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (title, numbers) in preferred.iter().chain(&others) {
        let ends = title.match_indices(' ').map(|(at, _)| &title[at + 1..]);
        for end in ends.filter(|end| others.contains_key(*end)) {
            let units = numbers.iter().map(|number| all[*number].unit.as_str());
            ending.entry(end).or_default().extend(units);
        }
    }
    let is_vague = |title: &str, numbers: &BTreeSet<usize>| {
        let own = |unit: &&&str| numbers.iter().any(|number| all[*number].unit == **unit);
        let ends = ending.get(title);
        ends.is_some_and(|units| units.iter().filter(|unit| !own(unit)).count() >= VAGUE)
    };
    let mut titles = preferred.clone();
    for (title, numbers) in &others {
        let units: BTreeSet<&str> = numbers.iter().map(|at| all[*at].unit.as_str()).collect();
        if units.len() == 1 && !preferred.contains_key(title) && !is_vague(title, numbers) {
            titles.insert(title.clone(), numbers.clone());
        }
    }
    titles.remove("");
    titles
}
