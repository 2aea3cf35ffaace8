//! One attack: made, timed, and judged.

use std::cell::Cell;
use std::time::{Duration, Instant};

use agent_portal::error::{PluginError, PortalError};
use agent_portal::fetch::{FetchError, FetchResponse};
use agent_portal::host::Session;

use crate::attack::{Attack, Outcome, What, Within};
use crate::footprint;
use crate::scene::{GRANTED, Scene, Stage, answers};
use crate::support::{board, installed};

/// How much longer than its limit an attack may take.
const SLACK: f64 = 1.25;
/// A busy machine delays anything, now and then; what no limit holds is late
/// each time.
const TRIES: u32 = 4;
/// How often the honest plugin is asked.
const BESIDE: Duration = Duration::from_millis(50);

/// What an attack took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ran {
    /// Its time as a share of its limit.
    pub(crate) share: f64,
    /// How often the honest plugin answered meanwhile.
    pub(crate) beside: u32,
    /// The longest of these answers.
    pub(crate) slowest: Duration,
    /// How often it was made, because it was late before.
    pub(crate) tries: u32,
}

/// Makes the attack; an error says what is wrong with how it ended.
pub(crate) async fn run(scene: &mut Scene, attack: &Attack) -> Result<Ran, String> {
    let named = |why: String| format!("{:?}, {}: {why}", attack.group, attack.name);
    let mut best: Option<Ran> = None;
    for tries in 1..=TRIES {
        let ran = once(scene, attack).await.map_err(named)?;
        let ran = Ran { tries, ..ran };
        if best.is_none_or(|best| ran.share < best.share) {
            best = Some(ran);
        }
        if ran.share <= SLACK {
            return Ok(ran);
        }
    }
    Err(named(format!("took {best:?} of {:?}", attack.within)))
}

async fn once(scene: &mut Scene, attack: &Attack) -> Result<Ran, String> {
    let Scene { stage, honest } = scene;
    let worker = honest.worker_id();
    let asked_before = stage.site.asked().len();
    let processor = footprint::children();
    let over = Cell::new(false);
    let made = async {
        let made = make(stage, attack).await;
        over.set(true);
        made
    };
    let (made, beside) = tokio::join!(made, ask_beside(honest, &over));
    let (outcome, wall) = made?;
    let (beside, slowest) = beside?;
    answers(honest).await?;
    if honest.worker_id() != worker {
        return Err("the honest plugin's worker was lost".to_owned());
    }

    let asked = stage.site.asked().split_off(asked_before);
    for result in &outcome {
        if !attack.ends.fit(result, &asked) {
            let shown: String = format!("{result:?}").chars().take(500).collect();
            return Err(format!("ended in {shown}"));
        }
    }
    if asked.iter().any(|asked| asked.host != GRANTED) || asked.len() != attack.requests {
        let lines: Vec<_> = asked
            .iter()
            .map(|asked| (&asked.host, &asked.line))
            .collect();
        return Err(format!("asked for {lines:?}"));
    }
    let arrived = stage.sinks.arrived();
    if arrived != (0, 0) {
        return Err(format!("{arrived:?} connections and bytes at the sinks"));
    }
    let share = match attack.within {
        Within::Wall(limit) => wall.as_secs_f64() / limit.as_secs_f64(),
        Within::Processor(limit) => {
            let spent = footprint::children().zip(processor);
            spent.map_or(0.0, |(after, before)| {
                after.saturating_sub(before).as_secs_f64() / limit.as_secs_f64()
            })
        }
    };
    Ok(Ran {
        share,
        beside,
        slowest,
        tries: 1,
    })
}

/// Asks the honest plugin again and again, once at least, until all is over.
async fn ask_beside(honest: &mut Session, over: &Cell<bool>) -> Result<(u32, Duration), String> {
    let mut pace = tokio::time::interval(BESIDE);
    let (mut count, mut slowest) = (0, Duration::ZERO);
    loop {
        pace.tick().await;
        let start = Instant::now();
        answers(honest).await?;
        count += 1;
        slowest = slowest.max(start.elapsed());
        if over.get() {
            return Ok((count, slowest));
        }
    }
}

/// What came of it, and how long the call took that it is about.
async fn make(stage: &Stage, attack: &Attack) -> Result<(Outcome, Duration), String> {
    let limits = &attack.limits;
    let broker = stage.site.broker(attack.fetching);
    let fetch = std::sync::Arc::new(broker.fetch.clone());
    match &attack.what {
        What::Key(key) => {
            stage.follow(Some(std::sync::Arc::new(|_| {
                crate::site::page(200, &[], "a page")
            })));
            let mut session = stage.hostile(limits, fetch).await;
            let called = call(&mut session, key).await;
            still_answers(session).await?;
            Ok(called)
        }
        What::Page(script) => {
            stage.follow(Some(script.clone()));
            let mut session = stage.hostile(limits, fetch).await;
            let called = call(&mut session, &format!("get:https://{GRANTED}/start")).await;
            still_answers(session).await?;
            Ok(called)
        }
        What::Address(address) => {
            stage.follow(None);
            let mut session = stage.hostile(limits, fetch).await;
            let start = Instant::now();
            let mut outcome = Outcome::new();
            for port in [format!(":{}", stage.sinks.port()), String::new()] {
                let url = address.replace("{port}", &port);
                outcome.push(
                    session
                        .discover(&board(&format!("get:{url}")), &[], None)
                        .await,
                );
                outcome.push(Err(as_plugin(broker.get(&url).await)?));
                outcome.push(Err(as_plugin(stage.fetch_outside(&url).await)?));
            }
            let taken = start.elapsed();
            still_answers(session).await?;
            Ok((outcome, taken))
        }
        What::Component(bytes) => {
            let plugin = installed(&stage.file(bytes), GRANTED);
            let mut session = match stage.host(limits).open(&plugin, fetch).await {
                Ok(session) => session,
                Err(error) => return Err(format!("could not be opened: {error}")),
            };
            let called = call(&mut session, "acme").await;
            session.close().await;
            Ok(called)
        }
        What::File(bytes) => {
            let file = stage.file(bytes);
            let start = Instant::now();
            let found = stage.host(limits).inspect(&file).await;
            let taken = start.elapsed();
            match found {
                Ok(inspected) => Err(format!("was accepted: {:?}", inspected.manifest)),
                Err(error) => Ok((vec![Err(error)], taken)),
            }
        }
        What::Calls(calls) => {
            stage.follow(None);
            Ok(calls(stage, limits).await)
        }
    }
}

async fn call(session: &mut Session, key: &str) -> (Outcome, Duration) {
    let start = Instant::now();
    let result = session.discover(&board(key), &[], None).await;
    (vec![result], start.elapsed())
}

/// The session of an attack goes on as if nothing had been.
async fn still_answers(mut session: Session) -> Result<(), String> {
    match session.discover(&board("honest"), &[], None).await {
        Ok(page) if page.postings.len() == 2 => {
            session.close().await;
            Ok(())
        }
        other => Err(format!("the same session afterwards: {other:?}")),
    }
}

/// The error of a fetch that was made without a plugin, as a plugin's.
fn as_plugin(fetched: Result<FetchResponse, FetchError>) -> Result<PluginError, String> {
    match fetched {
        Ok(response) => Err(format!("was fetched: {}", response.url)),
        Err(error) => Ok(PluginError::Portal {
            error: PortalError::Fetch(error.to_string()),
            fetch: Some(error),
        }),
    }
}
