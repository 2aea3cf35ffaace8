//! Reports: made of the corpus as it is ranked, kept, and shown again.
//!
//! [`make`] is what the service calls, and what a step of a goal calls.

mod corpus;
mod draft;
mod learn;
mod matter;

use agent_api::reason;
use agent_core::{
    ids::ContentHash,
    report::{About, CANDIDATES, Kind, LINE, Report, render},
};
use agent_store::{NewReport, ReportId, ReportScope, StoredReport};
use jiff::Timestamp;

pub(crate) use learn::{Step, learn, learning};

use self::{corpus::Corpus, draft::Draft, matter::Matter};
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
