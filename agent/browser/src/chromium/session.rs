//! One session with Chromium, from loading the form to what became of it.

use std::{sync::Arc, time::Duration};

use agent_approval::FormSnapshot;
use agent_core::form::{Filling, LivePage, Put};
use async_trait::async_trait;
use tokio::time::{Instant, sleep, timeout};

use super::{
    Waits,
    answer::Watch,
    launch::{Processes, gone},
    outcome::unanswered,
};
use crate::{
    devtools::Client,
    form::{
        fill::{fill, take_file},
        load::{self, open_lists, settle},
        page::Page,
        read::{Read, Reading, read},
        snapshot::{Hidden, Making, Plan, action, field_places},
    },
    gate::{
        Gate,
        intercept::{self, Interception},
    },
    session::{BrowserError, Filled, Outcome, Permit, Session, Visit},
};

/// Between two looks at something awaited.
const PAUSE: Duration = Duration::from_millis(60);

/// A page that reformats what was typed does so within this time.
const SETTLING: Duration = Duration::from_millis(250);

/// One Chromium at one form.
pub(super) struct ChromiumSession {
    pub(super) visit: Visit,
    pub(super) waits: Waits,
    pub(super) page: Page,
    /// What the page was when it was loaded.
    pub(super) loaded: Option<Loaded>,
    /// What was put into it.
    pub(super) plans: Vec<Plan>,
    /// The request that sends the form, as the gate's report names it.
    pub(super) submission: String,
    /// Sees how it was answered.
    pub(super) answer: Option<Watch>,
    /// How many requests the gate had refused when the form was sent.
    pub(super) refused_before: usize,
    // In the order in which they end: what watches the browser ends after it.
    pub(super) processes: Processes,
    pub(super) client: Client,
    _interception: Interception,
    pub(super) gate: Arc<Gate>,
}

pub(super) struct Loaded {
    pub(super) reading: Reading,
    pub(super) hidden: Hidden,
}

impl ChromiumSession {
    /// Puts the gate around a browser that was just started.
    pub(super) async fn start(
        visit: Visit,
        gate: Arc<Gate>,
        processes: Processes,
        waits: Waits,
    ) -> Result<Self, BrowserError> {
        let lost = |error: &dyn std::fmt::Display| gone(format!("could not be watched: {error}"));
        let client = Client::connect(&processes.devtools)
            .await
            .map_err(|error| lost(&error))?;
        let interception = intercept::attach(&client, &gate)
            .await
            .map_err(|error| lost(&error))?;
        let page = Page::attach(&client).await.map_err(|error| lost(&error))?;
        Ok(Self {
            visit,
            waits,
            page,
            loaded: None,
            plans: Vec::new(),
            submission: String::new(),
            answer: None,
            refused_before: 0,
            processes,
            client,
            _interception: interception,
            gate,
        })
    }

    /// Goes to the form's page anew and reads it.
    async fn visit(&mut self) -> Result<Reading, BrowserError> {
        let url = &self.visit.recipe.url;
        let why = |why: String| BrowserError::Load {
            url: url.clone(),
            why,
        };
        match timeout(self.waits.load, self.processes.driver.goto(url)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) if self.has_ended().await => {
                return Err(gone("ended while the page loaded"));
            }
            Ok(Err(error)) => return Err(why(error.to_string())),
            Err(_) => {
                return Err(why(format!(
                    "it took longer than {} s",
                    self.waits.load.as_secs()
                )));
            }
        }
        settle(&mut self.page, &self.visit.recipe, self.waits.load).await
    }

    /// Whether the browser is gone. Its driver may say so before its own
    /// connection does.
    async fn has_ended(&self) -> bool {
        let deadline = Instant::now() + SETTLING;
        while !self.client.is_closed() && Instant::now() < deadline {
            sleep(PAUSE).await;
        }
        self.client.is_closed()
    }

    /// Reads the form, with the choices of lists that were opened before.
    pub(super) async fn reread(&mut self) -> Result<Reading, BrowserError> {
        let lost = |error| load::gone(&error, "while the form was read");
        let recipe = &self.visit.recipe;
        let reading = read(&mut self.page, recipe).await.map_err(lost)?;
        let Some(loaded) = &self.loaded else {
            return Ok(reading);
        };
        let known = field_places(&loaded.reading);
        let mut offered = false;
        for (field, place) in reading.fields.iter().zip(field_places(&reading)) {
            let before = known.iter().position(|known| *known == place);
            if field.unopened
                && let Some(before) = before.and_then(|at| loaded.reading.fields.get(at))
            {
                let given = serde_json::json!([field.control.index, before.control.options]);
                self.page.ask("offers", given).await.map_err(lost)?;
                offered = true;
            }
        }
        match offered {
            true => read(&mut self.page, recipe).await.map_err(lost),
            false => Ok(reading),
        }
    }

    pub(super) fn making<'a>(&'a self, reading: &'a Reading, loaded: &'a Loaded) -> Making<'a> {
        Making {
            recipe: &self.visit.recipe,
            reading,
            hidden: &loaded.hidden,
            plans: &self.plans,
        }
    }

    /// Finds each filling's control by what the person saw at loading.
    fn plan(&self, fillings: &[Filling]) -> Result<Vec<Plan>, BrowserError> {
        let Some(loaded) = &self.loaded else {
            return Err(gone("has not loaded the form yet"));
        };
        let places = field_places(&loaded.reading);
        let mut plans = Vec::new();
        for (number, filling) in fillings.iter().enumerate() {
            let place =
                places
                    .get(filling.control)
                    .cloned()
                    .ok_or_else(|| BrowserError::Changed {
                        what: format!("it has no control number {}", filling.control),
                    })?;
            let put = match &filling.put {
                Put::File(file) => {
                    let folder = self.visit.dir.join("files").join(number.to_string());
                    Put::File(take_file(file, &folder)?)
                }
                Put::Text(_) | Put::Choose(_) | Put::Tick(_) => filling.put.clone(),
            };
            plans.push(Plan {
                place,
                filling: Filling {
                    put,
                    ..filling.clone()
                },
            });
        }
        Ok(plans)
    }

    /// Puts everything in, in the page's order.
    async fn put_all(&mut self) -> Result<(), BrowserError> {
        let mut plans = self.plans.clone();
        plans.sort_by_key(|plan| plan.filling.control);
        for plan in plans {
            let reading = self.reread().await?;
            let read = at_place(&reading, &plan).ok_or_else(|| BrowserError::Field {
                field: plan.place.0.clone(),
                why: "it went away while the form was filled".to_owned(),
            })?;
            if matches!(plan.filling.put, Put::File(_)) && read.upload.is_some() {
                continue;
            }
            fill(&mut self.page, read, &plan.filling).await?;
        }
        Ok(())
    }

    /// Reads back what was filled, until it is what was put there.
    async fn read_back(&mut self) -> Result<(Reading, FormSnapshot), BrowserError> {
        let deadline = Instant::now() + SETTLING * 4;
        sleep(SETTLING).await;
        loop {
            let reading = self.reread().await?;
            let Some(loaded) = &self.loaded else {
                return Err(gone("has not loaded the form yet"));
            };
            let making = self.making(&reading, loaded);
            match making.check_values() {
                Ok(()) => {
                    self.check_volatile(&reading)?;
                    let snapshot = making.snapshot()?;
                    return Ok((reading, snapshot));
                }
                Err(error) if Instant::now() > deadline => return Err(error),
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// A token has no business with what the person keeps.
    fn check_volatile(&self, reading: &Reading) -> Result<(), BrowserError> {
        for (name, value) in &reading.hidden {
            let carried = self.visit.protected.iter().find(|kept| {
                kept.chars().count() >= agent_approval::MIN_PROTECTED
                    && value.contains(kept.as_str())
            });
            if carried.is_some() {
                return Err(BrowserError::Changed {
                    what: format!("the hidden value {name:?} holds something of the person"),
                });
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Session for ChromiumSession {
    async fn load(&mut self) -> Result<LivePage, BrowserError> {
        let first = self.visit().await?;
        let mut second = self.visit().await?;
        let lost = |error| load::gone(&error, "while the form was read");
        if second.stop.is_none() && open_lists(&mut self.page, &second).await.map_err(lost)? {
            second = read(&mut self.page, &self.visit.recipe)
                .await
                .map_err(lost)?;
        }
        let live = LivePage {
            action: action(&self.visit.recipe, &second)?,
            controls: second
                .fields
                .iter()
                .map(|field| field.control.clone())
                .collect(),
            stop: second.stop,
            refused_hosts: self.gate.report().hosts.into_iter().collect(),
        };
        let hidden = Hidden::of(&first, &second);
        self.loaded = Some(Loaded {
            reading: second,
            hidden,
        });
        Ok(live)
    }

    async fn fill(&mut self, fillings: &[Filling]) -> Result<Filled, BrowserError> {
        self.gate.shut().await;
        self.plans = self.plan(fillings)?;
        self.put_all().await?;
        let (reading, snapshot) = self.read_back().await?;
        let lost = |error| load::gone(&error, "while the form was filled");
        let screenshot = self.page.picture().await.map_err(lost)?;
        let loaded = self
            .loaded
            .as_ref()
            .ok_or_else(|| gone("has not loaded the form yet"))?;
        let releases = self.making(&reading, loaded).releases()?;
        Ok(Filled {
            snapshot,
            releases,
            screenshot,
        })
    }

    async fn release(&mut self, permit: Permit) -> Outcome {
        match self.try_release(permit).await {
            Ok(outcome) => outcome,
            Err(why) => unanswered(&mut self.awaited(), why).await,
        }
    }

    async fn close(self: Box<Self>) {
        let Self {
            processes, gate, ..
        } = *self;
        gate.close().await;
        processes.close().await;
    }
}

/// The field a plan is for, where it is now.
fn at_place<'a>(reading: &'a Reading, plan: &Plan) -> Option<&'a Read> {
    let at = field_places(reading)
        .into_iter()
        .position(|place| place == plan.place)?;
    reading.fields.get(at)
}
