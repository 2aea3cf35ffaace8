//! A report put together: what is tried, in which order, and what stands beside it.

use agent_core::report::{
    About, Aim, CANDIDATES, Gain, GapParts, HeldSkill, LearningPath, MissingSkill, PAIRED, Pair,
    PathParts, Planned, SkillGap, Tally, catalogue, plan,
};

use super::{corpus::Corpus, matter::Matter};
use crate::fault::Fault;

/// A report under way.
pub(super) struct Draft<'a> {
    pub(super) corpus: &'a Corpus<'a>,
    pub(super) tally: Tally,
    pub(super) matter: Matter,
    pub(super) about: About,
}

/// A missing skill that was tried.
pub(super) struct Tried {
    pub(super) skill: String,
    pub(super) gain: Gain,
    demand: f64,
}

impl Draft<'_> {
    /// The missing skills most in demand and those being learned, each tried alone: what
    /// unlocks most first.
    async fn tried(&self) -> Result<(Vec<Tried>, usize), Fault> {
        let missing = self.tally.missing(&self.corpus.present.judge);
        let all = missing.len();
        let wanted = missing.into_iter().enumerate();
        let wanted = wanted
            .filter(|(place, skill)| *place < CANDIDATES || self.matter.since(skill).is_some());
        let skills: Vec<String> = wanted.map(|(_, skill)| skill).collect();
        let alone = skills.iter().map(|skill| vec![skill.clone()]).collect();
        let gains = self.corpus.try_all(alone, self.about.line).await?;
        let tried = skills.into_iter().zip(gains).map(|(skill, gain)| Tried {
            demand: self.tally.demand(&skill).share,
            skill,
            gain,
        });
        let mut tried: Vec<Tried> = tried.collect();
        tried.sort_by(|a, b| {
            let by_gain = b.gain.gained.cmp(&a.gain.gained);
            by_gain
                .then_with(|| b.demand.total_cmp(&a.demand))
                .then_with(|| a.skill.cmp(&b.skill))
        });
        Ok((tried, all))
    }

    pub(super) async fn gap(mut self, limit: usize) -> Result<SkillGap, Fault> {
        let (tried, all_missing) = self.tried().await?;
        let mut two = Vec::new();
        for (at, first) in tried.iter().enumerate().take(PAIRED) {
            for second in tried.iter().take(PAIRED).skip(at + 1) {
                two.push([first, second]);
            }
        }
        let skills = two.iter();
        let skills = skills.map(|pair| pair.iter().map(|one| one.skill.clone()).collect());
        let gains = self
            .corpus
            .try_all(skills.collect(), self.about.line)
            .await?;
        let pairs = two.iter().zip(gains).map(|([a, b], gain)| Pair {
            skills: [a.skill.clone(), b.skill.clone()],
            unlocks: gain.gained,
            alone: [a.gain.gained, b.gain.gained],
        });
        let pairs = pairs.collect();
        self.matter
            .look_up(self.corpus, tried.iter(), &self.tally)
            .await?;
        let judge = &self.corpus.present.judge;
        let missing = tried.iter().map(|one| MissingSkill {
            skill: one.skill.clone(),
            category: MissingSkill::category_of(&one.skill),
            demand: self.tally.demand(&one.skill),
            near: judge.near(&one.skill).map(str::to_owned),
            unlocks: one.gain.gained,
            learning_since: self.matter.since(&one.skill),
            hours: catalogue::built_in()
                .lesson(&one.skill)
                .map(|lesson| lesson.hours),
            postings: self.matter.postings(one, &self.tally),
        });
        let missing = missing.collect();
        let held = self.tally.held(judge).into_iter();
        let held = held.map(|skill| HeldSkill {
            demand: self.tally.demand(&skill),
            skill,
        });
        let held = held.collect();
        Ok(SkillGap::of(GapParts {
            about: self.about,
            missing,
            all_missing,
            held,
            pairs,
            limit,
        }))
    }

    pub(super) async fn path(mut self, limit: usize) -> Result<LearningPath, Fault> {
        let (tried, _) = self.tried().await?;
        let judge = &self.corpus.present.judge;
        let has = |skill: &str| judge.has(skill);
        let planned = planned(&tried, limit, &self.matter, &has);
        let mut so_far: Vec<String> = Vec::new();
        let prefixes = planned.iter().map(|one| {
            so_far.push(one.skill.clone());
            so_far.clone()
        });
        let gains = self
            .corpus
            .try_all(prefixes.collect(), self.about.line)
            .await?;
        let reached = gains
            .iter()
            .map(|gain| (self.tally.reached + gain.gained).saturating_sub(gain.lost));
        let reached = reached.collect();
        let of = |skill: &str| tried.iter().find(|one| one.skill == skill);
        let shown = planned.iter().filter_map(|one| of(&one.skill));
        self.matter.look_up(self.corpus, shown, &self.tally).await?;
        let postings = planned.iter().map(|one| {
            let tried = of(&one.skill);
            tried.map_or_else(Vec::new, |tried| self.matter.postings(tried, &self.tally))
        });
        let postings = postings.collect();
        let learning = planned.iter().map(|one| self.matter.since(&one.skill));
        let parts = PathParts {
            reached,
            learning: learning.collect(),
            postings,
            about: self.about,
            planned,
        };
        Ok(LearningPath::of(parts, catalogue::built_in(), &has))
    }
}

/// The first steps of the plan: those that lead to `limit` skills. What the person
/// learns already is among them.
fn planned(
    tried: &[Tried],
    limit: usize,
    matter: &Matter,
    has: &dyn Fn(&str) -> bool,
) -> Vec<Planned> {
    let unlocking = tried.iter().any(|one| one.gain.gained > 0);
    let aims: Vec<_> = tried
        .iter()
        .enumerate()
        .filter(|(place, one)| {
            let worth = if unlocking {
                one.gain.gained > 0
            } else {
                *place < limit
            };
            worth || matter.since(&one.skill).is_some()
        })
        .map(|(_, one)| Aim {
            skill: one.skill.clone(),
            unlocks: one.gain.gained,
            demand: one.demand,
        })
        .collect();
    let steps = plan(&aims, catalogue::built_in(), has);
    let mut aimed = 0;
    let mut last_of_limit = steps.len();
    for (place, step) in steps.iter().enumerate() {
        if step.for_skill.is_none() {
            aimed += 1;
            if aimed == limit {
                last_of_limit = place + 1;
                break;
            }
        }
    }
    let learned = |step: &&Planned| matter.since(&step.skill).is_some();
    let (first, rest) = steps.split_at(last_of_limit);
    let later = rest.iter().filter(learned);
    let needed = later.flat_map(|step| {
        catalogue::built_in()
            .closure(&step.skill, has)
            .into_iter()
            .filter_map(|skill| rest.iter().find(|one| one.skill == skill))
    });
    let mut path = first.to_vec();
    for step in needed {
        if !path.contains(step) {
            path.push(step.clone());
        }
    }
    path
}
