//! What judging would be if the person had another skill.
//!
//! The skill is put where `agentctl profile skill` puts it, the profile is read again
//! from its first line, and jobs are judged by the same lines as ever. The vectors stay
//! those of the profile as it is: a name that was added to a list makes the person no
//! more like jobs that never name it.

use std::collections::HashSet;

use super::{Brief, Judge, Likeness, Mark, Person};
use crate::{
    profile::{Fact, Month},
    skill,
};

/// A judge of the person as they would be with some more skills.
#[derive(Debug, Clone)]
pub struct Supposed {
    skills: Vec<String>,
    judge: Judge,
    changed: Changed,
}

/// The skills of which more is had than before.
#[derive(Debug, Clone)]
enum Changed {
    /// Those of our lists with these labels.
    Listed(HashSet<String>),
    /// Words of no list too: any job may ask for them.
    Any,
}

impl Judge {
    /// Whether the person has the skill with this label, or one that implies it.
    pub fn has(&self, skill: &str) -> bool {
        self.person().covered.contains(skill)
    }

    /// The skill held that makes another one near.
    pub fn near(&self, skill: &str) -> Option<&str> {
        let near = self.person().near.get(skill);
        near.map(|near| near.held.as_str())
    }

    /// The judge of the person with `skills` in their list. `vectors` are those given to
    /// [`Judge::with_skill_vectors`], and `today` the month given to [`Person::new`].
    pub fn supposing(
        &self,
        skills: &[&str],
        vectors: &[(String, Vec<f32>)],
        today: Month,
    ) -> Supposed {
        let own = self.person();
        let mut profile = own.profile.clone();
        profile.skills.extend(skills.iter().map(|skill| Fact {
            text: (*skill).to_owned(),
            line: None,
        }));
        let person = Person::new(profile, own.prefs.clone(), today);
        let judge = self.of_other(person).with_skill_vectors(vectors);
        Supposed {
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            changed: changed(own, judge.person()),
            judge,
        }
    }
}

/// The labels of which `with` has more or less than `before`.
fn changed(before: &Person, with: &Person) -> Changed {
    if before.unlisted != with.unlisted {
        return Changed::Any;
    }
    let near = |a: &Person, b: &Person| {
        let only = a.near.keys().filter(|label| !b.near.contains_key(*label));
        only.cloned().collect::<Vec<_>>()
    };
    let mut labels: HashSet<String> = before
        .covered
        .symmetric_difference(&with.covered)
        .cloned()
        .collect();
    labels.extend(near(before, with));
    labels.extend(near(with, before));
    Changed::Listed(labels)
}

impl Supposed {
    /// The skills supposed.
    pub fn skills(&self) -> &[String] {
        &self.skills
    }

    /// The labels whose jobs may be judged otherwise; `None` when any job may.
    pub fn touches(&self) -> Option<impl Iterator<Item = &str>> {
        match &self.changed {
            Changed::Listed(labels) => Some(labels.iter().map(String::as_str)),
            Changed::Any => None,
        }
    }

    /// The numbers of the verdict on a job, as they would be.
    pub fn mark(&self, brief: &Brief<'_>, likeness: &Likeness) -> Mark {
        self.judge.mark(brief, likeness)
    }

    /// The judge.
    pub fn judge(&self) -> &Judge {
        &self.judge
    }
}

/// Whether a label is that of something one can learn: personal traits are none.
pub(crate) fn is_learnable(label: &str) -> bool {
    skill::category(label).is_some_and(|category| category != skill::Category::Soft)
}
