//! Whether a board still reads as it used to, asked by the person.

use agent_api::reason;
use agent_core::health::{self, Baseline, Field, Reading};
use agent_store::{ReadingState, SourceRow};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
    pipeline, sources,
};

/// What came of a check.
pub(crate) struct Checked {
    pub(crate) source: SourceRow,
    pub(crate) outcome: Outcome,
    /// What is not as usual, or why the board could not be read.
    pub(crate) alarms: Vec<String>,
    pub(crate) reading: Reading,
    pub(crate) baseline: Option<Baseline>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As usual.
    Fine,
    /// Not as usual.
    Alarm,
    /// There is no earlier run to compare with.
    New,
    /// It could not be read.
    Failed,
    /// The person said that the last run is right; so many jobs were closed.
    Accepted(u32),
}

impl Checked {
    /// Name, share found and usual share of each field that is stated at all.
    pub(crate) fn fields(&self) -> Vec<(&'static str, f64, f64)> {
        let usual = |field| {
            let baseline = self.baseline.as_ref();
            baseline.map_or(0.0, |baseline| baseline.share(field))
        };
        Field::ALL
            .into_iter()
            .map(|field| (field.words(), self.reading.share(field), usual(field)))
            .filter(|(_, found, usual)| *found > 0.0 || *usual > 0.0)
            .collect()
    }
}

/// Reads the board once, keeps nothing, and compares.
pub(crate) async fn check(handle: &Handle, given: &str) -> Result<Checked, Fault> {
    let source = sources::find(handle, given).await?;
    let id = source.id;
    let earlier = handle
        .store
        .read(move |reader| reader.baseline_readings(id));
    let baseline = Baseline::of(&earlier.await?);
    let reading = match pipeline::look(handle, &source).await {
        Ok(reading) => reading,
        Err(fault) if fault.reason == reason::SHUTTING_DOWN => return Err(fault),
        Err(fault) => {
            return Ok(Checked {
                source,
                outcome: Outcome::Failed,
                alarms: vec![fault.to_string()],
                reading: Reading::default(),
                baseline,
            });
        }
    };
    let alarms = health::judge(baseline.as_ref(), &reading);
    let outcome = match (alarms.is_empty(), &baseline) {
        (false, _) => Outcome::Alarm,
        (true, None) => Outcome::New,
        (true, Some(_)) => Outcome::Fine,
    };
    Ok(Checked {
        source,
        outcome,
        alarms: alarms.iter().map(ToString::to_string).collect(),
        reading,
        baseline,
    })
}

/// Takes the last run of a board for right, which was an alarm: what it did not
/// list is closed, and the next run is judged by it.
pub(crate) async fn accept(handle: &Handle, given: &str) -> Result<Checked, Fault> {
    let source = sources::find(handle, given).await?;
    let (id, company) = (source.id, source.company.clone());
    let accepted = handle
        .write(move |tx| {
            let Some(mut last) = tx.last_reading(id)? else {
                return Ok(None);
            };
            if last.state != ReadingState::Alarm {
                return Ok(None);
            }
            let closed = tx.close_unseen(last.run, id, clock::now())?.len();
            let detail = serde_json::json!({ "alarms": last.alarms, "closed": closed });
            last.state = ReadingState::Accepted;
            tx.save_reading(&last)?;
            let text = format!("{company}: the last run was taken for right");
            tx.append_event(&event(events::SOURCE_ACCEPTED, id, text, detail))?;
            let source = tx.source(id)?;
            Ok(source.map(|source| (source, last, closed)))
        })
        .await?;
    let Some((source, last, closed)) = accepted else {
        let message = format!("the last run over {} was no alarm", source.company);
        return Err(
            Fault::new(Kind::Refused, reason::NO_ALARM, message).hint("agentctl source list")
        );
    };
    Ok(Checked {
        source,
        outcome: Outcome::Accepted(u32::try_from(closed).unwrap_or(u32::MAX)),
        alarms: last.alarms,
        baseline: Baseline::of(std::slice::from_ref(&last.reading)),
        reading: last.reading,
    })
}
