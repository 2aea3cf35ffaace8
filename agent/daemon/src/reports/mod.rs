//! Reports: made of the corpus as it is ranked, kept, and shown again.
//!
//! [`make`] is what the service calls, and what a step of a goal calls.

mod corpus;
mod learn;
mod matter;

use agent_api::reason;
use agent_core::{
    ids::ContentHash,
    report::{
        About, CANDIDATES, Gain, GapParts, HeldSkill, Kind, LINE, LearningPath, MissingSkill,
        PAIRED, Pair, PathParts, Planned, Report, SkillGap, Tally, catalogue, plan, render,
    },
};
use agent_store::{NewReport, ReportId, ReportScope, StoredReport};
use jiff::Timestamp;

pub(crate) use learn::{Step, learn, learning};

use self::{corpus::Corpus, matter::Matter};
use crate::{
    clock,
    events::{self, event},
    fault::{self, Fault, shown},
    handle::Handle,
    pipeline, profile, search,
};

/// Skills a gap tells of, and a path leads to, unless another number is asked for; and at most.
const GAP: usize = 20;
const PATH: usize = 6;
const MOST: usize = CANDIDATES;

/// The longest document that is handed over, in bytes.
const LONGEST: usize = 4 << 20;

/// What is asked of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Options {
    /// The score from which a job is within reach, instead of the usual one.
    pub(crate) line: Option<f64>,
    /// A filter as typed; empty: all jobs.
    pub(crate) narrow: String,
    /// At most this many skills.
    pub(crate) limit: Option<usize>,
}

/// A report that was made or found.
pub(crate) struct Made {
    pub(crate) id: ReportId,
    pub(crate) made_at: Timestamp,
    pub(crate) report: Report,
}

/// The form a report is handed over in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Markdown,
    Html,
}

impl Format {
    const ALL: [Self; 3] = [Self::Json, Self::Markdown, Self::Html];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    pub(crate) fn of_name(name: &str) -> Result<Self, Fault> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let message = format!("{} is no format of a report", shown(name, 40));
            Fault::new(fault::Kind::Invalid, reason::INVALID_VALUE, message)
                .hint("it is one of json, md and html")
        })
    }
}

/// The kind of that name.
pub(crate) fn kind_of(name: &str) -> Result<Kind, Fault> {
    Kind::of_name(name).ok_or_else(|| {
        let message = format!("{} is no kind of report", shown(name, 40));
        Fault::new(fault::Kind::Invalid, reason::INVALID_VALUE, message)
            .hint("it is one of skill-gap and learning-path")
    })
}

/// Makes a report and keeps it.
pub(crate) async fn make(handle: &Handle, kind: Kind, options: Options) -> Result<Made, Fault> {
    let narrow = search::narrow(&options.narrow)?;
    let line = options.line.unwrap_or(LINE);
    if !(1.0..=100.0).contains(&line) {
        let message = format!("{line} is no score a job can have");
        return Err(
            Fault::new(fault::Kind::Invalid, reason::INVALID_VALUE, message)
                .hint("give a number from 1 to 100, for example: --score 70"),
        );
    }
    let filter = narrow.as_ref().map(|narrow| narrow.filter.to_string());
    let present = pipeline::present_judge(handle).await?;
    let present = present.ok_or_else(profile::missing)?;
    let corpus = Corpus::new(handle, present, ReportScope { narrow });
    let (tally, digest) = corpus.tally(line).await?;
    let made_at = clock::now();
    let about = About {
        made: made_at,
        line,
        filter,
        open: tally.open,
        near: tally.near,
        failing: tally.failing,
        reached: tally.reached,
        practice: handle.practice,
    };
    let matter = Matter::of(handle).await?;
    let inputs = inputs(kind, &options, &corpus, &matter, digest);
    let limit = options.limit.map(|limit| limit.clamp(1, MOST));
    let draft = Draft {
        corpus: &corpus,
        tally,
        matter,
        about,
    };
    let report = match kind {
        Kind::SkillGap => Report::SkillGap(draft.gap(limit.unwrap_or(GAP)).await?),
        Kind::LearningPath => Report::LearningPath(draft.path(limit.unwrap_or(PATH)).await?),
    };
    keep(
        handle,
        NewReport {
            made_at,
            inputs,
            report,
        },
    )
    .await
}

async fn keep(handle: &Handle, new: NewReport) -> Result<Made, Fault> {
    let (made_at, report) = (new.made_at, new.report.clone());
    let id = handle
        .write(move |tx| {
            let id = tx.save_report(&new)?;
            let detail = serde_json::json!({ "report": id.0, "kind": new.report.kind().name() });
            tx.append_event(&event(
                events::REPORT_MADE,
                id.0,
                new.report.sentence(),
                detail,
            ))?;
            Ok(id)
        })
        .await?;
    Ok(Made {
        id,
        made_at,
        report,
    })
}

/// A digest of all a report is made of.
fn inputs(
    kind: Kind,
    options: &Options,
    corpus: &Corpus<'_>,
    matter: &Matter,
    digest: ContentHash,
) -> [u8; 32] {
    let key = &corpus.present.key;
    let text = format!(
        "{} {options:?} {} {} {} {} {digest}",
        kind.name(),
        key.profile_revision,
        key.ranker,
        key.weights,
        matter.mark(),
    );
    *ContentHash::of(&text).as_bytes()
}

/// A report under way.
struct Draft<'a> {
    corpus: &'a Corpus<'a>,
    tally: Tally,
    matter: Matter,
    about: About,
}

/// A missing skill that was tried.
struct Tried {
    skill: String,
    gain: Gain,
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

    async fn gap(mut self, limit: usize) -> Result<SkillGap, Fault> {
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

    async fn path(mut self, limit: usize) -> Result<LearningPath, Fault> {
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
        .map(|(_, one)| agent_core::report::Aim {
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

/// The reports that were made, the newest first.
pub(crate) async fn list(handle: &Handle) -> Result<Vec<StoredReport>, Fault> {
    Ok(handle.store.read(|reader| reader.reports()).await?)
}

/// A kept report; 0 is the newest.
pub(crate) async fn find(handle: &Handle, id: i64) -> Result<Made, Fault> {
    let found = handle
        .store
        .read(move |reader| {
            let id = match id {
                0 => reader.reports()?.first().map(|newest| newest.id),
                id => Some(ReportId(id)),
            };
            id.map_or(Ok(None), |id| reader.report(id))
        })
        .await?;
    let (stored, report) = found.ok_or_else(|| {
        let message = match id {
            0 => "no report was made yet".to_owned(),
            id => format!("there is no report {id}"),
        };
        Fault::new(fault::Kind::NotFound, reason::UNKNOWN_ID, message)
            .hint("make one: agentctl report skill-gap")
    })?;
    Ok(Made {
        id: stored.id,
        made_at: stored.made_at,
        report,
    })
}

/// A report as a document.
pub(crate) fn document(report: &Report, format: Format) -> Result<String, Fault> {
    let content = match format {
        Format::Json => serde_json::to_string_pretty(report)
            .map_err(|error| Fault::new(fault::Kind::Internal, reason::BUG, error.to_string()))?,
        Format::Markdown => render::markdown(report),
        Format::Html => render::html(report),
    };
    if content.len() > LONGEST {
        let message = "the report is longer than 4 MiB";
        return Err(
            Fault::new(fault::Kind::Exhausted, reason::REPORT_TOO_LONG, message)
                .hint("make a shorter one, for example with --limit 10"),
        );
    }
    Ok(content)
}
