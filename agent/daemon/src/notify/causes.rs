//! Notices out of what happened: the record of events is read from where it was left,
//! and the notices of an event are written with the place that was reached, in one
//! transaction. So each event is told of once, whenever the daemon is killed.

use agent_core::{
    filter::{Filter, Flag, Test},
    ids::{ApplicationId, SourceId},
    matching::Outcome,
};
use agent_store::{
    Event, EventId, JobFilter, Narrow, NewNotice, Reader, RunId, StoreError, kind, stages,
};
use jiff::{SignedDuration, Timestamp};

use crate::{applications::words, clock, config::Topic, events, fault::Fault, handle::Handle};

/// Events read at a time.
const BATCH: u32 = 256;

/// A board that could not be read for this long is silent.
const SILENCE: SignedDuration = SignedDuration::from_hours(72);

/// New openings are news for this long.
const NEWS: SignedDuration = SignedDuration::from_hours(48);

/// Openings that are looked at for those over the person's score.
const MOST_OPENINGS: u32 = 200;

/// Makes notices of the events that were not read yet. The first time, all that
/// happened before is passed over.
pub(super) async fn read(handle: &Handle) -> Result<(), Fault> {
    let score = f64::from(handle.config.notify.least_score);
    let config = super::wanted(handle);
    loop {
        let (from, last) = handle
            .store
            .read(|reader| Ok((reader.notices_read_to()?, reader.last_event_id()?)))
            .await?;
        let Some(from) = from else {
            handle
                .store
                .write(move |tx| tx.set_notices_read_to(last))
                .await?;
            return Ok(());
        };
        if from >= last {
            return Ok(());
        }
        let (config, now) = (config.clone(), clock::now());
        handle
            .store
            .write(move |tx| {
                let events = tx.events_after(from, BATCH)?;
                let reached = events.last().map_or(last, |event| event.id);
                for event in &events {
                    if let Some(notice) = of(tx, event, score, now)? {
                        config.keep(tx, &notice)?;
                    }
                }
                tx.set_notices_read_to(EventId(reached.0))
            })
            .await?;
    }
}

/// The notice of an event, if the person is to be told of it.
fn of(
    reader: &Reader,
    event: &Event,
    score: f64,
    now: Timestamp,
) -> Result<Option<NewNotice>, StoreError> {
    let what = &event.event;
    if what.kind.starts_with(kind::APPLICATION) {
        return match what.subject.parse() {
            Ok(id) => waiting(reader, id, what.at),
            Err(_) => Ok(None),
        };
    }
    match (what.kind.as_str(), what.subject.parse()) {
        (events::SOURCE_ALARM, Ok(id)) => Ok(Some(NewNotice {
            cause: format!("alarm {}", event.id.0),
            kind: Topic::Source.name(),
            subject: what.subject.clone(),
            at: what.at,
            text: what.text.clone(),
            command: source_check(id),
            lapses_at: None,
        })),
        (events::SOURCE_FAILED, Ok(id)) => silent(reader, id, what.at),
        (events::RUN_FINISHED, _) => match what.subject.parse() {
            Ok(run) => openings(reader, RunId(run), score, now),
            Err(_) => Ok(None),
        },
        _ => Ok(None),
    }
}

fn source_check(id: SourceId) -> String {
    let short: String = id.to_string().chars().take(8).collect();
    format!("agentctl source check {short}")
}

/// An application that waits for the person. The next step of it is another cause.
fn waiting(
    reader: &Reader,
    id: ApplicationId,
    at: Timestamp,
) -> Result<Option<NewNotice>, StoreError> {
    let Some(application) = reader.application(id)? else {
        return Ok(None);
    };
    if !stages::WAITING.contains(&application.stage()) {
        return Ok(None);
    }
    let (note, command) = words::of(&application.state.stage, &application.short_id());
    Ok(Some(NewNotice {
        cause: format!("application {id} {}", application.revision),
        kind: Topic::Inbox.name(),
        subject: id.to_string(),
        at,
        text: format!("{} at {}: {note}", application.title, application.employer),
        command,
        lapses_at: application.expires_at,
    }))
}

/// A board that has failed for long. It is told of once until it is read again.
fn silent(reader: &Reader, id: SourceId, at: Timestamp) -> Result<Option<NewNotice>, StoreError> {
    let sources = reader.sources()?;
    let Some(source) = sources.into_iter().find(|source| source.id == id) else {
        return Ok(None);
    };
    let since = source.last_sync.unwrap_or(source.added_at);
    if at.duration_since(since) < SILENCE {
        return Ok(None);
    }
    let days = at.duration_since(since).as_hours() / 24;
    let why = source.last_error.unwrap_or_default();
    Ok(Some(NewNotice {
        cause: format!("silent {id} {}", since.as_microsecond()),
        kind: Topic::Source.name(),
        subject: id.to_string(),
        at,
        text: format!(
            "{} could not be read for {days} days: {why}",
            source.company
        ),
        command: source_check(id),
        lapses_at: None,
    }))
}

/// What a sync found over the person's score. The first sync finds everything, which
/// is no news.
fn openings(
    reader: &Reader,
    run: RunId,
    score: f64,
    now: Timestamp,
) -> Result<Option<NewNotice>, StoreError> {
    let (Some(run_row), true) = (reader.run_of(run)?, run.0 > 1) else {
        return Ok(None);
    };
    if now.duration_since(run_row.started_at) > NEWS {
        return Ok(None);
    }
    let list = reader.list_jobs(&JobFilter {
        narrow: Some(Narrow {
            filter: Filter::Is(Test::Flag(Flag::New)),
            now,
        }),
        limit: MOST_OPENINGS,
        ..JobFilter::default()
    })?;
    let fits = list.rows.iter().filter(|row| {
        let standing = row.standing.as_ref();
        row.sightings.first_seen >= run_row.started_at
            && standing.is_some_and(|s| s.score >= score && s.outcome != Outcome::Fail)
    });
    let fits: Vec<_> = fits.collect();
    let Some(best) = fits.first() else {
        return Ok(None);
    };
    let id: String = best.id.to_string().chars().take(best.short_len).collect();
    let reached = best
        .standing
        .as_ref()
        .map_or(0.0, |standing| standing.score);
    let named = format!("{} at {} ({reached:.0})", best.title, best.company);
    let (text, command) = match fits.len() {
        1 => (format!("new: {named}"), format!("agentctl explain {id}")),
        many => (
            format!("{many} new openings score {score:.0} or more; the best: {named}"),
            format!("agentctl jobs list --where 'new and score>={score:.0}'"),
        ),
    };
    Ok(Some(NewNotice {
        cause: format!("openings {}", run.0),
        kind: Topic::Jobs.name(),
        subject: best.id.to_string(),
        at: now,
        text,
        command,
        lapses_at: now.checked_add(NEWS).ok(),
    }))
}

/// Whether there is nothing to tell any more of a notice that still waits.
pub(super) fn is_moot(
    reader: &Reader,
    notice: &agent_store::Notice,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if notice.lapses_at.is_some_and(|lapses| lapses <= now) {
        return Ok(true);
    }
    let application = || -> Result<Option<agent_store::Application>, StoreError> {
        match notice.subject.parse() {
            Ok(id) => reader.application(id),
            Err(_) => Ok(None),
        }
    };
    match Topic::named(&notice.kind) {
        // Each step is a cause of its own: an older one speaks of what is past.
        Some(Topic::Inbox | Topic::Expiry) => Ok(application()?.is_none_or(|application| {
            !notice
                .cause
                .ends_with(&format!("{} {}", application.id, application.revision))
        })),
        Some(Topic::Source) => {
            let sources = reader.sources()?;
            let same = |source: &agent_store::SourceRow| source.id.to_string() == notice.subject;
            let settled = sources
                .iter()
                .find(|source| same(source))
                .is_none_or(|source| source.alarms.is_empty() && source.last_error.is_none());
            Ok(settled)
        }
        Some(Topic::Jobs | Topic::Model) | None => Ok(false),
    }
}
