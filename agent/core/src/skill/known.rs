//! What a name by itself stands for: a skill of the lexicon, else one of the taxonomy.
//!
//! Where both have a skill, it goes by the lexicon's label, whatever name of the
//! taxonomy's it was met by.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

use super::{
    Category,
    lexicon::{self, Lexicon},
    taxonomy::{self, Taxonomy, folded, key},
};

/// What lexicon and taxonomy have in common.
struct Known {
    /// Labels of the lexicon by the number of each of their names.
    lexicon: HashMap<u64, &'static str>,
    /// Labels of the lexicon by the number of the taxonomy's skill.
    shared: HashMap<u16, &'static str>,
    /// Skills of the taxonomy by group.
    members: HashMap<u16, Vec<u16>>,
}

/// The label of the skill that `name` as a whole names.
pub fn named(name: &str) -> Option<&'static str> {
    let folded = folded(name);
    let by_lexicon = known().lexicon.get(&key(&folded)).copied();
    by_lexicon.or_else(|| label(taxonomy::built_in()?.skill_named(name)?))
}

/// Category of the skill with this label in the taxonomy, where the lexicon lacks it.
pub(super) fn category(name: &str) -> Option<Category> {
    let taxonomy = taxonomy::built_in()?;
    let number = taxonomy.skill_named(name)?;
    let skill = taxonomy.skills().get(usize::from(number))?;
    (label(number) == Some(name)).then_some(skill.category)
}

/// The skills in a group of the taxonomy with the one that has this label: the group's
/// name, and the label. Groups are small ones.
pub(crate) fn siblings(of: &str) -> Vec<(&'static str, &'static str)> {
    let Some(taxonomy) = taxonomy::built_in() else {
        return Vec::new();
    };
    let number = taxonomy
        .skill_named(of)
        .filter(|number| label(*number) == Some(of));
    let skill = number.and_then(|number| taxonomy.skills().get(usize::from(number)));
    let groups = skill.into_iter().flat_map(|skill| skill.groups());
    let mut siblings = Vec::new();
    for group in groups {
        let Some(name) = taxonomy.group(group) else {
            continue;
        };
        let members = known().members.get(&group).into_iter().flatten();
        let others = members.filter(|member| Some(**member) != number);
        siblings.extend(others.filter_map(|other| Some((name, label(*other)?))));
    }
    siblings
}

/// All labels, those of the lexicon first.
pub(crate) fn all_labels() -> impl Iterator<Item = &'static str> {
    let of_taxonomy = taxonomy::built_in().map_or(&[][..], Taxonomy::skills);
    super::labels()
        .into_iter()
        .chain(of_taxonomy.iter().map(|skill| skill.label))
}

/// The label of the taxonomy's skill: the lexicon's, where it has the skill.
fn label(number: u16) -> Option<&'static str> {
    let own = || taxonomy::built_in()?.skills().get(usize::from(number));
    let shared = known().shared.get(&number).copied();
    shared.or_else(|| own().map(|skill| skill.label))
}

fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> =
        LazyLock::new(|| read(lexicon::built_in(), taxonomy::built_in()));
    &KNOWN
}

fn read(lexicon: &'static Lexicon, taxonomy: Option<&'static Taxonomy<'static>>) -> Known {
    let mut known = Known {
        lexicon: HashMap::new(),
        shared: HashMap::new(),
        members: HashMap::new(),
    };
    let labels = lexicon.skills.iter();
    let labels = labels.map(|skill| (skill.label, skill.label));
    let aliases = lexicon.names.iter().filter_map(|(name, skill)| {
        let skill = lexicon.skills.get(*skill)?;
        Some((*name, skill.label))
    });
    // A label is no other name of another skill.
    for (name, label) in labels.chain(aliases) {
        let as_folded = folded(name);
        known.lexicon.entry(key(&as_folded)).or_insert(label);
        let Some((number, other)) = taxonomy.and_then(|taxonomy| {
            let number = taxonomy.skill_named(name)?;
            Some((number, taxonomy.skills().get(usize::from(number))?))
        }) else {
            continue;
        };
        if name == label || as_folded == folded(other.label) {
            known.shared.entry(number).or_insert(label);
        }
    }
    for (number, skill) in (0..).zip(taxonomy.map_or(&[][..], Taxonomy::skills)) {
        for group in skill.groups() {
            known.members.entry(group).or_default().push(number);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_one_skill() {
        let check = |name: &str, label: Option<&str>, category: Option<Category>| {
            assert_eq!(named(name), label, "{name}");
            assert_eq!(label.and_then(super::super::category), category, "{name}");
        };
        let software = Some(Category::Software);
        check("k8s", Some("Kubernetes"), software);
        check("Go", Some("Go"), software);
        check("K8S", Some("Kubernetes"), software);
        check("Mycology", Some("Mycology"), Some(Category::Health));
        check(
            "the study of fungi",
            named("Mycology"),
            Some(Category::Health),
        );
        check("Thermal conductivities", None, None);
        check("", None, None);
    }

    #[test]
    fn the_label_of_the_lexicon_wins() {
        for skill in &lexicon::built_in().skills {
            assert_eq!(named(skill.label), Some(skill.label));
        }
        assert!(known().shared.len() > 100, "{}", known().shared.len());
        let taxonomy = taxonomy::built_in().expect("reads");
        for (number, skill) in (0..).zip(taxonomy.skills()) {
            if let Some(shared) = known().shared.get(&number) {
                assert_eq!(label(number), Some(*shared));
                let own = category(skill.label).is_none() || skill.label == *shared;
                assert!(own, "{}", skill.label);
            }
        }
    }

    #[test]
    fn siblings_share_a_group() {
        let siblings = siblings("Probability theory");
        assert!(siblings.len() >= 5, "{siblings:?}");
        assert!(
            siblings
                .iter()
                .all(|(_, label)| *label != "Probability theory")
        );
        assert_eq!(super::siblings("no such skill"), []);
    }
}
