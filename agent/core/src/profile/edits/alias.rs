//! Other names the person has for skills.

use super::{EditError, Edits, MOST, Profile, named, same};
use crate::skill;

/// Longest alias, in characters.
const LONGEST: usize = 80;

/// How many labels like an unknown one are named, and how like they have to be.
const NEAREST: usize = 3;
const LIKE: f64 = 0.8;

impl Edits {
    /// The labels of skills by their aliases.
    pub fn aliases(&self) -> &std::collections::BTreeMap<String, String> {
        &self.aliases
    }

    /// Makes `alias` another name of a skill that a list or `profile` has; gives the alias as
    /// it is kept, and the label of the skill.
    pub fn set_alias(
        &mut self,
        profile: &Profile,
        alias: &str,
        skill: &str,
    ) -> Result<(String, String), EditError> {
        let (alias, skill) = (named(alias)?, named(skill)?);
        if alias.chars().count() > LONGEST {
            return Err(EditError::TooLong);
        }
        let label = label_of(profile, &skill)?;
        let taken = skill::named(&alias).filter(|taken| same(taken, &alias));
        let own = taken.map(str::to_owned).or_else(|| listed(profile, &alias));
        if let Some(own) = own.or_else(|| same(&alias, &label).then(|| label.clone())) {
            return Err(EditError::NamesSkill { alias, skill: own });
        }
        self.aliases.retain(|other, _| !same(other, &alias));
        if self.aliases.len() == MOST {
            return Err(EditError::TooMany);
        }
        self.aliases.insert(alias.clone(), label.clone());
        Ok((alias, label))
    }

    /// Takes an alias back; gives it as it was kept.
    pub fn remove_alias(&mut self, alias: &str) -> Result<String, EditError> {
        let mut known = self.aliases.keys();
        let kept = known.find(|known| same(known, alias)).cloned();
        let kept = kept.ok_or_else(|| EditError::NoAlias(alias.to_owned()))?;
        self.aliases.remove(&kept);
        Ok(kept)
    }
}

/// The label of a skill by any of its names.
fn label_of(profile: &Profile, skill: &str) -> Result<String, EditError> {
    if let Some(label) = skill::named(skill) {
        return Ok(label.to_owned());
    }
    listed(profile, skill).ok_or_else(|| EditError::UnknownSkill {
        skill: skill.to_owned(),
        near: near(profile, skill),
    })
}

/// The item of the profile's skills with this name.
fn listed(profile: &Profile, name: &str) -> Option<String> {
    let mut listed = profile.skills.iter();
    let found = listed.find(|fact| same(&fact.text, name));
    found.map(|fact| fact.text.trim().to_owned())
}

/// The labels most like a name, the likest first.
fn near(profile: &Profile, name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let own = profile.skills.iter().map(|fact| fact.text.as_str());
    let mut labels: Vec<&str> = own.collect();
    // Labels that live for ever are taken for as long as the profile's.
    for label in skill::all_labels() {
        labels.push(label);
    }
    let mut near: Vec<(f64, &str)> = labels
        .into_iter()
        .map(|label| (strsim::jaro_winkler(&lower, &label.to_lowercase()), label))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    let near = near.into_iter().take(NEAREST);
    near.map(|(_, label)| label.to_owned()).collect()
}

/// The part of an error that names what may have been meant.
pub(super) fn meant(near: &[String]) -> String {
    if near.is_empty() {
        return String::new();
    }
    format!(" (near it: {})", near.join(", "))
}
