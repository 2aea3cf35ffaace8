//! What the person says of jobs, and the rules that follow from it.

use agent_api::reason;
use agent_core::{
    ids::JobId,
    matching::{
        Reason,
        feedback::{Proposal, Rule},
    },
};
use agent_store::{Applied, JobRow, Reader, RuleId, RulePreview, Said, StoreError, StoredRule};

use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// Jobs of a first page, and how many of those that come to it or go are named.
const TOP: usize = 20;
const NAMED: usize = 5;

/// What came of a word of the person.
#[derive(Default)]
pub(crate) struct Taken {
    /// Whether it was otherwise before.
    pub(crate) changed: bool,
    /// How many jobs stand elsewhere for it.
    pub(crate) moved: u32,
    /// How many rules are proposed now.
    pub(crate) proposed: usize,
}

/// A rule with what it changes.
pub(crate) enum Shown {
    /// The person may accept it.
    Proposed {
        proposal: Box<Proposal>,
        preview: RulePreview,
        /// The best of the jobs it would hide, or bring to the first page.
        examples: Vec<JobRow>,
    },
    /// They did.
    Accepted(StoredRule),
}

/// Moves the jobs that are new or changed, or all when what was learned changed.
pub(crate) async fn apply(handle: &Handle) -> Result<Applied, Fault> {
    let applied = handle
        .write(|tx| {
            let applied = tx.apply_feedback(clock::now())?;
            tx.count_lists()?;
            Ok(applied)
        })
        .await?;
    Ok(applied)
}

/// Takes in what the person says of a job; the order follows at once.
pub(crate) async fn say(
    handle: &Handle,
    job: JobId,
    said: Said,
    why: String,
) -> Result<Taken, Fault> {
    let work = move |tx: &mut agent_store::WriteTx<'_>| {
        let now = clock::now();
        if !tx.say_of_job(job, said, &why, now)? {
            return Ok(Taken::default());
        }
        let applied = tx.apply_feedback(now)?;
        tx.count_lists()?;
        Ok(Taken {
            changed: true,
            moved: applied.changed,
            proposed: tx.proposed_rules(now)?.len(),
        })
    };
    Ok(handle.write(work).await?)
}

/// Points that likes, hides and rules move a job by, and why; `None` when nothing does.
pub(crate) async fn of_job(
    handle: &Handle,
    job: JobId,
) -> Result<Option<(f64, Vec<Reason>)>, Fault> {
    let (points, reasons) = handle
        .store
        .read(move |reader| {
            let model = reader.feedback_model(clock::now())?;
            let reasons = model.reasons(&reader.features_of(job)?);
            Ok((reader.feedback_points(job)?, reasons))
        })
        .await?;
    Ok((points != 0.0 || !reasons.is_empty()).then_some((points, reasons)))
}

/// The rules: those proposed, then those that were accepted.
pub(crate) async fn rules(handle: &Handle) -> Result<Vec<Shown>, Fault> {
    let now = clock::now();
    let all = handle
        .store
        .read(move |reader| {
            let mut all = Vec::new();
            for proposal in reader.proposed_rules(now)? {
                let preview = reader.preview_rule(&proposal.rule, now, TOP)?;
                let examples = examples(reader, &preview)?;
                all.push(Shown::Proposed {
                    proposal: Box::new(proposal),
                    preview,
                    examples,
                });
            }
            all.extend(reader.rules()?.into_iter().map(Shown::Accepted));
            Ok(all)
        })
        .await?;
    Ok(all)
}

/// Accepts a proposed rule by its name; the order follows at once.
pub(crate) async fn accept(handle: &Handle, given: &str) -> Result<Shown, Fault> {
    let typed = given.trim().to_lowercase();
    let accepted = handle
        .write(move |tx| {
            let now = clock::now();
            let proposals = tx.proposed_rules(now)?;
            let Some(proposal) = proposals.iter().find(|one| name_of(&one.rule) == typed) else {
                return Ok(None);
            };
            let id = tx.accept_rule(&proposal.rule, now)?;
            tx.apply_feedback(now)?;
            tx.count_lists()?;
            stored(tx, id)
        })
        .await?;
    accepted.map(Shown::Accepted).ok_or_else(|| unknown(given))
}

/// Takes an accepted rule back; the order follows at once.
pub(crate) async fn undo(handle: &Handle, given: &str) -> Result<Shown, Fault> {
    let Ok(number) = given.trim().parse::<i64>() else {
        return Err(unknown(given));
    };
    let undone = handle
        .write(move |tx| {
            let now = clock::now();
            if !tx.undo_rule(RuleId(number), now)? {
                return Ok(None);
            }
            tx.apply_feedback(now)?;
            tx.count_lists()?;
            stored(tx, RuleId(number))
        })
        .await?;
    undone.map(Shown::Accepted).ok_or_else(|| unknown(given))
}

/// The name of a proposed rule: it stays while the rule is the same.
pub(crate) fn name_of(rule: &Rule) -> String {
    format!("p{:04x}", rule.feature.id() & 0xffff)
}

fn stored(reader: &Reader, id: RuleId) -> Result<Option<StoredRule>, StoreError> {
    Ok(reader.rules()?.into_iter().find(|rule| rule.id == id))
}

fn examples(reader: &Reader, preview: &RulePreview) -> Result<Vec<JobRow>, StoreError> {
    let effect = &preview.effect;
    let named = effect.hidden.iter().chain(&effect.into_top).take(NAMED);
    let mut rows = Vec::new();
    for id in named {
        rows.extend(reader.job_row(*id)?);
    }
    Ok(rows)
}

fn unknown(given: &str) -> Fault {
    let message = format!("there is no such rule as {}", shown(given, 40));
    Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
        .hint("see them with: agentctl rules list")
}
