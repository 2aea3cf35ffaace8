//! Notices out of the passing of time: what is about to run out, and a model that
//! does not answer.

use std::time::Duration;

use agent_core::application::Stage;
use agent_store::{Application, ApplicationFilter, NewNotice, StoredApproval, stages};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::{
    applications::words,
    clock,
    config::Topic,
    fault::Fault,
    handle::Handle,
    models,
    tiers::{self, Use},
};

/// An approval is told of this long before it runs out, or in the last half of its
/// life, whichever is later.
const APPROVAL: SignedDuration = SignedDuration::from_mins(45);

/// An item of the queue is told of this long before it closes by itself.
const ITEM: SignedDuration = SignedDuration::from_hours(24);

/// A model server may be away for this long: it is restarted, or loads a model.
const AWAY: Duration = Duration::from_secs(15 * 60);

/// Looks once.
pub(super) async fn look(handle: &Handle) -> Result<(), Fault> {
    let now = clock::local();
    let filter = ApplicationFilter {
        stages: [stages::WAITING, &["approved"]].concat(),
        limit: u32::MAX,
        after: None,
    };
    let (approvals, applications) = handle
        .store
        .read(move |reader| Ok((reader.live_approvals()?, reader.applications(&filter)?.rows)))
        .await?;
    let mut found: Vec<NewNotice> = approvals
        .iter()
        .filter_map(|approval| {
            let application = applications
                .iter()
                .find(|application| application.id == approval.application)?;
            unsent(approval, application, &now)
        })
        .collect();
    found.extend(applications.iter().filter_map(|item| lapsing(item, &now)));
    keep(handle, found).await?;
    let mut silent = Vec::from_iter(vectors(handle).await?);
    silent.extend(models::away(handle, AWAY).await);
    let local = clock::local();
    let silent = silent.iter().map(|(model, why)| away(model, why, &local));
    keep(handle, silent.collect()).await
}

/// Keeps notices; those of causes that were told of are known.
async fn keep(handle: &Handle, found: Vec<NewNotice>) -> Result<(), Fault> {
    if found.is_empty() {
        return Ok(());
    }
    let wanted = super::wanted(handle);
    handle
        .store
        .write(move |tx| {
            for notice in &found {
                wanted.keep(tx, notice)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// An approval that was not used and soon is worth nothing.
fn unsent(approval: &StoredApproval, application: &Application, now: &Zoned) -> Option<NewNotice> {
    let life = approval.valid_until.duration_since(approval.signed_at);
    let lead = APPROVAL.min(life / 2);
    let approved = matches!(application.state.stage, Stage::Approved { .. });
    if !approved || !is_near(approval.valid_until, lead, now.timestamp()) {
        return None;
    }
    Some(NewNotice {
        cause: format!(
            "approval {} {} {}",
            approval.id.0, application.id, application.revision
        ),
        kind: Topic::Expiry.name(),
        subject: application.id.to_string(),
        at: now.timestamp(),
        text: format!(
            "{} at {}: your approval runs out at {} and it is not sent yet",
            application.title,
            application.employer,
            hour(approval.valid_until, now)
        ),
        command: format!("agentctl applications show {}", application.short_id()),
        lapses_at: Some(approval.valid_until),
    })
}

/// An item of the queue that soon closes by itself.
fn lapsing(application: &Application, now: &Zoned) -> Option<NewNotice> {
    let closes = application.expires_at?;
    if !is_near(closes, ITEM, now.timestamp()) {
        return None;
    }
    let (_, command) = words::of(&application.state.stage, &application.short_id());
    Some(NewNotice {
        cause: format!(
            "closing {} {} {}",
            closes.as_microsecond(),
            application.id,
            application.revision
        ),
        kind: Topic::Expiry.name(),
        subject: application.id.to_string(),
        at: now.timestamp(),
        text: format!(
            "{} at {} has waited long and closes by itself at {}",
            application.title,
            application.employer,
            hour(closes, now)
        ),
        command,
        lapses_at: Some(closes),
    })
}

fn is_near(end: Timestamp, lead: SignedDuration, now: Timestamp) -> bool {
    end > now && end.duration_since(now) <= lead
}

fn hour(at: Timestamp, now: &Zoned) -> String {
    at.to_zoned(now.time_zone().clone())
        .strftime("%a %H:%M")
        .to_string()
}

/// The model that makes the vectors and why it does not, when one is wanted or served
/// before and has been away for long.
async fn vectors(handle: &Handle) -> Result<Option<(String, String)>, Fault> {
    if handle.tiers.down_for() < AWAY {
        return Ok(None);
    }
    let shown = tiers::glance(handle).await?;
    let used = |model: &&tiers::ShownModel| !model.built_in && model.used != Use::None;
    let model = shown.models.iter().find(used);
    if shown.problem.is_empty() || (shown.choice == "auto" && model.is_none()) {
        return Ok(None);
    }
    let name = model.map_or(shown.choice.as_str(), |model| model.name.as_str());
    Ok(Some((name.to_owned(), shown.problem)))
}

/// Told of once a day at most.
fn away(model: &str, why: &str, now: &Zoned) -> NewNotice {
    let tomorrow = now
        .tomorrow()
        .map_or(now.timestamp(), |day| day.timestamp());
    let (model, why) = (
        agent_core::text::quote(model, 80),
        agent_core::text::quote(why, 160),
    );
    NewNotice {
        cause: format!("model {model} {}", now.date()),
        kind: Topic::Model.name(),
        subject: model.clone(),
        at: now.timestamp(),
        text: format!("{model} does not answer ({why}); work goes on without it"),
        command: "agentctl models list".to_owned(),
        lapses_at: Some(tomorrow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_out_is_told_of_shortly_before_and_never_after() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        for (end, near) in [
            ("2026-11-21T10:44:00Z", true),
            ("2026-11-21T10:46:00Z", false),
            ("2026-11-21T10:00:00Z", false),
            ("2026-11-21T09:00:00Z", false),
        ] {
            assert_eq!(is_near(end.parse().unwrap(), APPROVAL, now), near, "{end}");
        }
    }

    #[test]
    fn a_model_that_is_away_for_a_week_is_told_of_once_a_day() {
        let cause = |at: &str| {
            let now: Timestamp = at.parse().unwrap();
            away("qwen", "refused", &now.in_tz("Europe/Berlin").unwrap()).cause
        };
        assert_eq!(cause("2026-11-21T10:00:00Z"), cause("2026-11-21T22:59:00Z"));
        assert_ne!(cause("2026-11-21T10:00:00Z"), cause("2026-11-21T23:01:00Z"));
    }
}
