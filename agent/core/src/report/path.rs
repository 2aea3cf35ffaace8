//! The learning path: what to learn, in an order in which it can be learned.
//!
//! Of all skills aimed at, the one comes next that unlocks most for an hour of work, the
//! hours of what has to come before it counted in:
//!
//! ```text
//! worth = (jobs unlocked + demand) / Σ hours of it and of what is missing before it
//! ```
//!
//! With each skill taken the hours of the others fall, so that worth is asked anew.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    catalogue::{Catalogue, Hours, Resource},
    counted,
    gap::{About, Posting},
};

/// Hours assumed of a skill that the catalogue lacks, to find its place; they are not told.
const UNKNOWN: f64 = 80.0;

/// How many projects are proposed.
const PROJECTS: usize = 3;

/// A skill worth learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// Its label.
    pub skill: String,
    /// Jobs it brings within reach.
    pub unlocks: u32,
    /// The share of demand, 0 to 1.
    pub demand: f64,
}

/// A skill at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its label.
    pub skill: String,
    /// The skill it comes before, where it is learned for that one.
    pub for_skill: Option<String>,
}

/// Orders the `aims`: by worth, each after what it needs and `has` does not say is had.
pub fn plan(aims: &[Aim], catalogue: &Catalogue, has: &dyn Fn(&str) -> bool) -> Vec<Planned> {
    let mut planned: Vec<Planned> = Vec::new();
    let mut open: Vec<&Aim> = aims.iter().collect();
    while !open.is_empty() {
        let had = |skill: &str| has(skill) || planned.iter().any(|one| one.skill == skill);
        let next = open.iter().enumerate().map(|(at, aim)| {
            let steps = catalogue.closure(&aim.skill, &had);
            let cost: f64 = steps.iter().map(|skill| cost(catalogue, skill)).sum();
            let worth = (f64::from(aim.unlocks) + aim.demand) / cost.max(1.0);
            (worth, at, steps)
        });
        // Of equals the first, as they were given.
        let best = next.reduce(|best, other| if other.0 > best.0 { other } else { best });
        let Some((_, at, steps)) = best else { break };
        let aim = open.remove(at);
        let aimed = |skill: &str| aims.iter().any(|aim| aim.skill == skill);
        let steps = steps.into_iter().map(|skill| Planned {
            for_skill: (skill != aim.skill && !aimed(&skill)).then(|| aim.skill.clone()),
            skill,
        });
        let steps: Vec<Planned> = steps.collect();
        planned.extend(steps);
    }
    planned
}

fn cost(catalogue: &Catalogue, skill: &str) -> f64 {
    let lesson = catalogue.lesson(skill);
    lesson.map_or(UNKNOWN, |lesson| lesson.hours.middle())
}

/// One skill of the path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its label.
    pub skill: String,
    /// The skill it is learned for, where nothing else asks for it.
    pub for_skill: Option<String>,
    /// What of the path comes before it.
    pub after: Vec<String>,
    /// Hours, where the catalogue has it.
    pub hours: Option<Hours>,
    /// Free things to learn from.
    pub resources: Vec<Resource>,
    /// What one can do then.
    pub can: Vec<String>,
    /// Jobs within reach once this and all before it are learned.
    pub reached: u32,
    /// Since when the person learns it.
    pub learning_since: Option<Date>,
    /// Postings that come within reach with this step, or ask for it.
    pub postings: Vec<Posting>,
    /// Who wrote the hours, the resources and the checkpoints: "catalogue", or nobody
    /// where it lacks the skill. What a model adds has its name here.
    pub written_by: Option<String>,
}

/// A project that shows skills of the path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectHint {
    /// Its name.
    pub name: String,
    /// The skills of the path it shows.
    pub shows: Vec<String>,
    /// Other skills it wants, which are held.
    pub with: Vec<String>,
    /// Hours.
    pub hours: Hours,
    /// What there is in the end.
    pub result: Vec<String>,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningPath {
    /// What it was made of.
    pub about: About,
    /// The skills, in order.
    pub steps: Vec<Step>,
    /// Work that shows several of them.
    pub projects: Vec<ProjectHint>,
}

/// What a path is put together from.
#[derive(Debug, Clone, PartialEq)]
pub struct PathParts {
    /// What it was made of.
    pub about: About,
    /// The skills at their places.
    pub planned: Vec<Planned>,
    /// Jobs within reach after each of them.
    pub reached: Vec<u32>,
    /// Since when each is learned.
    pub learning: Vec<Option<Date>>,
    /// The postings of each.
    pub postings: Vec<Vec<Posting>>,
}

impl LearningPath {
    /// Puts the report together.
    pub fn of(parts: PathParts, catalogue: &Catalogue, has: &dyn Fn(&str) -> bool) -> Self {
        let planned = |skill: &str| parts.planned.iter().any(|one| one.skill == skill);
        let projects = projects(catalogue, &planned, has);
        let mut reached = parts.reached.iter().copied();
        let mut learning = parts.learning.iter().copied();
        let mut postings = parts.postings.iter().cloned();
        let steps = parts.planned.iter().map(|one| {
            let lesson = catalogue.lesson(&one.skill);
            let before = lesson.map_or(&[][..], |lesson| &lesson.after);
            let before = before.iter().filter(|before| planned(before));
            Step {
                skill: one.skill.clone(),
                for_skill: one.for_skill.clone(),
                after: before.map(|before| (*before).to_owned()).collect(),
                hours: lesson.map(|lesson| lesson.hours),
                resources: lesson.map_or_else(Vec::new, |lesson| lesson.resources.clone()),
                can: lesson.map_or_else(Vec::new, |lesson| lesson.can.clone()),
                reached: reached.next().unwrap_or_default(),
                learning_since: learning.next().flatten(),
                postings: postings.next().unwrap_or_default(),
                written_by: lesson.map(|_| "catalogue".to_owned()),
            }
        });
        Self {
            steps: steps.collect(),
            projects,
            about: parts.about,
        }
    }

    /// Hours of all steps whose hours are known.
    pub fn hours(&self) -> Hours {
        let known = self.steps.iter().filter_map(|step| step.hours);
        known.fold(Hours { least: 0, most: 0 }, |sum, hours| Hours {
            least: sum.least + hours.least,
            most: sum.most + hours.most,
        })
    }

    /// What it says, in one sentence.
    pub fn sentence(&self) -> String {
        let (Some(first), Some(last)) = (self.steps.first(), self.steps.last()) else {
            return "No missing skill is worth a path yet.".to_owned();
        };
        let line = self.about.line;
        format!(
            "{}, beginning with {}, take you from {} at a score of {line} or more to {}.",
            counted(
                u32::try_from(self.steps.len()).unwrap_or(u32::MAX),
                "skill",
                "skills"
            ),
            first.skill,
            counted(self.about.reached, "job", "jobs"),
            last.reached
        )
    }
}

/// The projects that show most of the path and want nothing that is neither in it nor had.
fn projects(
    catalogue: &Catalogue,
    planned: &dyn Fn(&str) -> bool,
    has: &dyn Fn(&str) -> bool,
) -> Vec<ProjectHint> {
    let fitting = catalogue.projects().iter().filter_map(|project| {
        let (shows, with): (Vec<&str>, Vec<&str>) =
            project.shows.iter().partition(|skill| planned(skill));
        let fits = !shows.is_empty() && with.iter().all(|skill| has(skill));
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        fits.then(|| ProjectHint {
            name: project.name.clone(),
            shows: owned(shows),
            with: owned(with),
            hours: project.hours,
            result: project.result.clone(),
        })
    });
    let mut fitting: Vec<ProjectHint> = fitting.collect();
    fitting.sort_by_key(|project| std::cmp::Reverse(project.shows.len()));
    fitting.truncate(PROJECTS);
    fitting
}
