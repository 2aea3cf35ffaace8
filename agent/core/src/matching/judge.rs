//! A person prepared for judging many jobs.
//!
//! [`Judge::judge`] gives a verdict with its sentences; [`Judge::weigh`] only its
//! numbers and the one sentence a list shows, from what [`Brief`] keeps of a job.
//! Both go through the same lines, so that the numbers cannot differ.

use super::{
    Brief, Direction, Outcome, Person, Scales, Verdict, Weights, constraint,
    direction::cosine,
    near,
    score::{Asked, Case, Notes, Part, Signals, Work},
};
use crate::{job::Job, skill::SkillMatch};

/// What was found in a job beside its facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Skills it asks for, with spans of evidence.
    pub skills: Vec<SkillMatch>,
    /// Direction of its text.
    pub text: Option<Direction>,
    /// Direction of its title.
    pub title: Option<Direction>,
}

/// A verdict in short.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The worst outcome of all constraints.
    pub outcome: Outcome,
    /// 0 to 100.
    pub score: f64,
    /// The strongest reason, one line.
    pub reason: String,
}

/// A verdict as numbers alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The worst outcome of all constraints.
    pub outcome: Outcome,
    /// 0 to 100.
    pub score: f64,
    /// The score as it would be of the parts other than skills, by their own weights;
    /// `None` where none of them is known.
    pub beside_skills: Option<f64>,
}

/// How the texts of a job lie to those of the person. It does not hang on the skills
/// the person has, so that it is measured once for many suppositions about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    titles: Vec<Option<f64>>,
    text: Option<f64>,
}

/// A person with the weights of the parts and the vectors of their texts.
#[derive(Debug, Clone)]
pub struct Judge {
    person: Person,
    weights: Weights,
    cv: Option<Direction>,
    /// Of each title of the person's, in their order.
    titles: Vec<Option<Direction>>,
    scales: Scales,
}

impl Judge {
    /// Prepares the judging; `vectors` are those of [`Person::texts`], in their
    /// order. Without vectors words alone are compared.
    pub fn new(person: Person, weights: Weights, vectors: &[Vec<f32>]) -> Self {
        let mut directions = vectors.iter().map(|vector| Direction::of(vector));
        Self {
            person,
            weights,
            cv: directions.next().flatten(),
            titles: directions.collect(),
            scales: Scales::default(),
        }
    }

    /// Takes skills whose names mean much the same as one held for near it:
    /// `vectors` are those of the lexicon's labels.
    pub fn with_skill_vectors(mut self, vectors: &[(String, Vec<f32>)]) -> Self {
        let scale = &self.scales.title;
        near::add_alike(&mut self.person.near, &self.person.held, vectors, scale);
        self
    }

    /// Reads likenesses of a space that is not the built-in one. Comes before
    /// [`Judge::with_skill_vectors`].
    pub fn with_scales(mut self, scales: Scales) -> Self {
        self.scales = scales;
        self
    }

    /// The same judge of the same person with other skills: no vector is made anew.
    pub(super) fn of_other(&self, person: Person) -> Self {
        Self {
            person,
            weights: self.weights,
            cv: self.cv.clone(),
            titles: self.titles.clone(),
            scales: self.scales.clone(),
        }
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Everything decided about `job`, with the reasons.
    pub fn judge(&self, job: &Job, found: &Found) -> Verdict {
        let asked: Vec<Asked<'_>> = found.skills.iter().map(Asked::of).collect();
        let title = found.title.as_ref().map(Direction::bytes);
        let titles = self.likeness(title.unwrap_or_default());
        let text = found.text.as_ref().map(Direction::bytes);
        let case = Case {
            job,
            person: &self.person,
            signals: Signals {
                asked: &asked,
                titles: &titles,
                work: Work::of(&job.title),
                text: self.text_likeness(text.unwrap_or_default()),
            },
        };
        Verdict {
            checks: constraint::check(job, &self.person),
            score: case.score(&self.weights, Notes::Kept),
        }
    }

    /// The numbers of the verdict on a job, and its strongest reason.
    pub fn weigh(&self, brief: &Brief<'_>) -> Standing {
        let likeness = self.likeness_of(brief);
        let case = self.case(brief, &likeness);
        let (outcome, against) = constraint::worst(&brief.job, &self.person);
        let score = case.score(&self.weights, Notes::Left);
        let reason = against.or_else(|| {
            score
                .strongest()
                .and_then(|part| case.reasons(part.part).into_iter().next())
                .map(|reason| reason.text)
        });
        Standing {
            outcome,
            score: score.total,
            reason: reason.unwrap_or_default(),
        }
    }

    /// How the texts of a job lie to the person's.
    pub fn likeness_of(&self, brief: &Brief<'_>) -> Likeness {
        Likeness {
            titles: self.likeness(brief.title),
            text: self.text_likeness(brief.text),
        }
    }

    /// The numbers of [`Judge::weigh`], without a sentence. `likeness` is that of the
    /// same job, by this judge or by one of the same person with other skills.
    pub fn mark(&self, brief: &Brief<'_>, likeness: &Likeness) -> Mark {
        let score = self.case(brief, likeness).score(&self.weights, Notes::Left);
        Mark {
            outcome: constraint::worst(&brief.job, &self.person).0,
            score: score.total,
            beside_skills: score.beside(Part::Skills),
        }
    }

    fn case<'a>(&'a self, brief: &'a Brief<'_>, likeness: &'a Likeness) -> Case<'a> {
        Case {
            job: &brief.job,
            person: &self.person,
            signals: Signals {
                asked: &brief.asked,
                titles: &likeness.titles,
                work: brief.work,
                text: likeness.text,
            },
        }
    }

    fn likeness(&self, title: &[u8]) -> Vec<Option<f64>> {
        let near = |own: &Option<Direction>| {
            let cosine = cosine(own.as_ref()?.bytes(), title)?;
            Some(self.scales.title.to_built_in(cosine))
        };
        self.titles.iter().map(near).collect()
    }

    fn text_likeness(&self, text: &[u8]) -> Option<f64> {
        let cosine = cosine(self.cv.as_ref()?.bytes(), text)?;
        Some(self.scales.text.to_built_in(cosine))
    }
}

#[cfg(test)]
mod tests;
