//! What waits for the person, most urgent first.

use agent_core::{
    application::Stage,
    filter::{Filter, Flag, Test},
    plan::Choice,
    report::{Kind, Report},
};
use agent_store::{
    Application, ApplicationFilter, Goal, GoalState, JobFilter, Narrow, Reader, SourceRow,
    StoreError, stages,
};
use jiff::{SignedDuration, Timestamp};

use crate::{applications::words, clock, fault::Fault, handle::Handle, plugins};

/// How long a report is spoken of.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Most applications that are listed one by one.
const MOST_LISTED: usize = 8;

/// One thing to do, and the command that does it.
pub(crate) struct Item {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) command: String,
}

impl Item {
    fn new(kind: &'static str, text: impl Into<String>, command: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            command: command.into(),
        }
    }
}

/// A component.
struct Component {
    /// How to name it.
    file: String,
    state: plugins::State,
    /// What it asks for, once a dropped one was looked at.
    asks: Option<String>,
}

/// What the inbox is made of.
struct Situation {
    has_profile: bool,
    plugins: Vec<Component>,
    sources: Vec<SourceRow>,
    ranked: u32,
    /// Openings of employers the person watches, first seen within a day.
    watched: u32,
    paused: bool,
    /// What the newest skill gap says, where it is fresh and some skill unlocks jobs.
    gap: Option<String>,
    /// Applications that wait for the person.
    waiting: Vec<Application>,
    /// Goals that wait for an answer, or were given up.
    goals: Vec<Goal>,
}

/// Collects what waits for the person.
pub(crate) async fn items(handle: &Handle) -> Result<Vec<Item>, Fault> {
    let filter = ApplicationFilter {
        stages: stages::WAITING.to_vec(),
        limit: u32::MAX,
        after: None,
    };
    let watched = JobFilter {
        narrow: Some(Narrow {
            filter: Filter::All(vec![
                Filter::Is(Test::Flag(Flag::New)),
                Filter::Is(Test::Flag(Flag::Watched)),
            ]),
            now: clock::now(),
        }),
        limit: 1,
        ..JobFilter::default()
    };
    let now = clock::now();
    let (has_profile, sources, counts, paused, list, watched, gap, goals) = handle
        .store
        .read(move |reader| {
            Ok((
                reader.profile()?.is_some(),
                reader.sources()?,
                reader.job_counts()?,
                reader.paused_since()?.is_some(),
                reader.applications(&filter)?,
                match reader.preferences()? {
                    Some(wishes) if !wishes.preferences.watched_companies.is_empty() => {
                        reader.list_jobs(&watched)?.total
                    }
                    _ => 0,
                },
                gap(reader, now)?,
                reader.goals_in(&[GoalState::Waiting, GoalState::Dead])?,
            ))
        })
        .await?;
    let listed = plugins::list(handle).await?.into_iter();
    Ok(waiting(&Situation {
        has_profile,
        plugins: listed
            .map(|plugin| Component {
                file: plugin.file,
                state: plugin.state,
                asks: plugin.look.map(|look| look.words()),
            })
            .collect(),
        sources,
        ranked: counts.ranked,
        watched,
        paused,
        gap,
        waiting: list.rows,
        goals,
    }))
}

/// What to do: first the applications that wait, then in the order in which one
/// thing needs the other: who one is, plugins, boards, a first sync, what went wrong, and then the jobs.
fn waiting(situation: &Situation) -> Vec<Item> {
    let Situation {
        has_profile,
        plugins,
        sources,
        ranked,
        watched,
        paused,
        gap,
        waiting,
        goals,
    } = situation;
    let mut items = Vec::new();
    if *paused {
        let text = "the agent is paused: nothing is prepared or sent";
        items.push(Item::new("paused", text, "agentctl unpause"));
    }
    items.extend(applications(waiting));
    items.extend(goals.iter().map(goal));
    if !has_profile {
        items.push(Item::new("setup", "no CV was read yet", "agentctl init CV"));
    }
    let runs = |plugin: &Component| plugin.state == plugins::State::Installed;
    if !plugins.iter().any(runs) {
        let text = "no plugin is installed yet";
        items.push(Item::new("setup", text, plugins::INSTALL));
    }
    items.extend(plugins.iter().filter_map(plugin));
    if sources.is_empty() {
        let command = "agentctl source add URL";
        items.push(Item::new("setup", "no board is followed yet", command));
    } else if sources.iter().all(|source| source.last_sync.is_none()) {
        let text = "the boards were not read yet";
        items.push(Item::new("setup", text, "agentctl sync"));
    }
    items.extend(sources.iter().filter_map(failed));
    items.extend(sources.iter().filter_map(odd));
    if *watched > 0 {
        let text = match watched {
            1 => "1 new opening of an employer you watch".to_owned(),
            new => format!("{new} new openings of employers you watch"),
        };
        let command = "agentctl jobs list --where 'watched and new'";
        items.push(Item::new("watched", text, command));
    }
    if *ranked > 0 {
        let text = match ranked {
            1 => "1 open job is ranked for you".to_owned(),
            ranked => format!("{ranked} open jobs are ranked for you"),
        };
        items.push(Item::new("jobs", text, "agentctl jobs list"));
    }
    items.extend(
        gap.as_ref()
            .map(|said| Item::new("report", said, "agentctl report skill-gap")),
    );
    items
}

/// What the newest skill gap says.
fn gap(reader: &Reader, now: Timestamp) -> Result<Option<String>, StoreError> {
    let kept = reader.reports()?;
    let newest = kept.into_iter().find(|kept| {
        kept.kind == Kind::SkillGap.name() && now.duration_since(kept.made_at) < FRESH
    });
    let Some(newest) = newest else {
        return Ok(None);
    };
    Ok(match reader.report(newest.id)? {
        Some((_, Report::SkillGap(gap))) => {
            let unlocks = gap.missing.first().is_some_and(|first| first.unlocks > 0);
            unlocks.then(|| gap.sentence())
        }
        Some((_, Report::LearningPath(_))) | None => None,
    })
}

/// The applications that wait, what is in doubt first and what was prepared
/// longest ago before what came after.
fn applications(waiting: &[Application]) -> Vec<Item> {
    let mut waiting: Vec<(u8, &'static str, &Application)> = waiting
        .iter()
        .rev()
        .filter_map(|application| {
            let (urgency, kind) = urgency(&application.state.stage)?;
            Some((urgency, kind, application))
        })
        .collect();
    waiting.sort_by_key(|(urgency, ..)| *urgency);
    let more = waiting.len().saturating_sub(MOST_LISTED);
    let mut items: Vec<Item> = waiting
        .into_iter()
        .take(MOST_LISTED)
        .map(|(_, kind, application)| {
            let (note, next) = words::of(&application.state.stage, &application.short_id());
            let text = format!("{} at {}: {note}", application.title, application.employer);
            Item::new(kind, text, next)
        })
        .collect();
    if more > 0 {
        let text = format!("{more} more applications wait for you");
        items.push(Item::new("review", text, "agentctl applications list"));
    }
    items
}

/// How soon the person should look, and of what kind the item is.
fn urgency(stage: &Stage) -> Option<(u8, &'static str)> {
    match stage {
        Stage::OutcomeUnknown { .. } => Some((0, "doubt")),
        Stage::RefusedByPortal { .. } => Some((1, "review")),
        Stage::AwaitingApproval { .. } => Some((2, "review")),
        Stage::NeedsInput { .. } => Some((3, "answer")),
        Stage::NeedsPerson { .. } => Some((4, "person")),
        _ => None,
    }
}

/// A goal that does not go on by itself.
fn goal(goal: &Goal) -> Item {
    let id = goal.short_id();
    let (text, command) = match goal.state {
        GoalState::Waiting => {
            let choices = Choice::ALL.map(Choice::name).join("|");
            (
                format!("goal “{}”: {}", goal.sentence, goal.note),
                format!("agentctl goals answer {id} {choices}"),
            )
        }
        GoalState::Dead
        | GoalState::Working
        | GoalState::Standing
        | GoalState::Done
        | GoalState::Cancelled => (
            format!("goal “{}” was given up: {}", goal.sentence, goal.note),
            format!("agentctl goals retry {id}"),
        ),
    };
    Item::new("goal", text, command)
}

fn plugin(plugin: &Component) -> Option<Item> {
    let Component { file, state, asks } = plugin;
    let again = format!("agentctl plugin install {file}");
    let with = asks.as_ref().map(|asks| format!(": {asks}"));
    let with = with.unwrap_or_default();
    let (text, command) = match state {
        plugins::State::Installed => return None,
        plugins::State::Dropped => (format!("plugin {file} waits to be installed{with}"), again),
        plugins::State::Changed => (
            format!("plugin {file} differs from the one installed{with}"),
            again,
        ),
        plugins::State::Missing => (
            format!("the file of plugin {file} is gone"),
            plugins::INSTALL.to_owned(),
        ),
    };
    Some(Item::new("plugin", text, command))
}

fn failed(source: &SourceRow) -> Option<Item> {
    let error = source.last_error.as_deref()?;
    let id: String = source.id.to_string().chars().take(8).collect();
    Some(Item::new(
        "source",
        format!("{}: {error}", source.company),
        format!("agentctl sync {id}"),
    ))
}

/// A board that does not read as it used to.
fn odd(source: &SourceRow) -> Option<Item> {
    if source.alarms.is_empty() {
        return None;
    }
    let id: String = source.id.to_string().chars().take(8).collect();
    let said = source.alarms.join("; ");
    Some(Item::new(
        "source",
        format!("{}: {said}; nothing was closed for it", source.company),
        format!("agentctl source check {id}"),
    ))
}

#[cfg(test)]
mod tests {
    use agent_core::ids::SourceId;
    use jiff::Timestamp;
    use plugins::State;

    use super::*;

    fn source(name: &str, synced: bool, error: Option<&str>) -> SourceRow {
        SourceRow {
            id: SourceId::of("lever", name),
            plugin: "lever".into(),
            key: name.into(),
            url: format!("https://jobs.lever.co/{name}"),
            company: name.into(),
            added_at: Timestamp::UNIX_EPOCH,
            removed_at: None,
            last_sync: synced.then_some(Timestamp::UNIX_EPOCH),
            last_error: error.map(str::to_owned),
            jobs_open: 0,
            alarms: Vec::new(),
        }
    }

    #[test]
    fn what_waits_comes_in_the_order_in_which_it_is_to_be_done() {
        let component = |file: &str, state| Component {
            file: file.to_owned(),
            state,
            asks: None,
        };
        let installed = |name: &str| component(name, State::Installed);
        let check = |situation: Situation, expected: &[&str]| {
            let items = waiting(&situation);
            let commands: Vec<&str> = items.iter().map(|item| item.command.as_str()).collect();
            assert_eq!(commands, expected);
        };
        check(
            Situation {
                has_profile: false,
                plugins: vec![],
                sources: vec![],
                ranked: 0,
                watched: 0,
                paused: false,
                gap: None,
                waiting: vec![],
                goals: vec![],
            },
            &[
                "agentctl init CV",
                "agentctl plugin install FILE",
                "agentctl source add URL",
            ],
        );
        check(
            Situation {
                has_profile: true,
                plugins: vec![installed("lever"), component("/p/new.wasm", State::Dropped)],
                sources: vec![source("acme", false, None)],
                ranked: 0,
                watched: 0,
                paused: false,
                gap: None,
                waiting: vec![],
                goals: vec![],
            },
            &["agentctl plugin install /p/new.wasm", "agentctl sync"],
        );
        let broken = source("broken", true, Some("gone"));
        let again = format!("agentctl sync {}", &broken.id.to_string()[..8]);
        let mut emptied = source("emptied", true, None);
        emptied.alarms = vec!["0 where there were 240".into()];
        let look = format!("agentctl source check {}", &emptied.id.to_string()[..8]);
        check(
            Situation {
                has_profile: true,
                plugins: vec![installed("lever"), component("greenhouse", State::Missing)],
                sources: vec![source("acme", true, None), broken, emptied],
                ranked: 7,
                watched: 2,
                paused: false,
                gap: Some("Kubernetes would bring 12 more jobs to a score of 75.".into()),
                waiting: vec![],
                goals: vec![],
            },
            &[
                "agentctl plugin install FILE",
                &again,
                &look,
                "agentctl jobs list --where 'watched and new'",
                "agentctl jobs list",
                "agentctl report skill-gap",
            ],
        );
    }
}
