//! One session with Chromium, from loading the form to what became of it.

use std::{sync::Arc, time::Duration};

use agent_approval::{FormSnapshot, Manifest, ProtectedValue, ReleaseKind};
use agent_core::form::{Filling, LivePage, Put};
use async_trait::async_trait;
use thirtyfour::By;
use tokio::time::{Instant, sleep, timeout};

use super::{
    Waits,
    launch::{Processes, gone},
    outcome::{Awaited, await_outcome, unanswered},
};
use crate::{
    devtools::Client,
    form::{
        fill::{attach_now, fill, take_file},
        load::{self, open_lists, settle},
        page::Page,
        read::{Read, Reading, read},
        snapshot::{Hidden, Making, Plan, action, field_places},
    },
    gate::{
        Gate, ReleaseOrder, Stage,
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
    visit: Visit,
    waits: Waits,
    page: Page,
    /// What the page was when it was loaded.
    loaded: Option<Loaded>,
    /// What was put into it.
    plans: Vec<Plan>,
    /// The request that sends the form, as the gate's report names it.
    submission: String,
    /// How many requests the gate had refused when the form was sent.
    refused_before: usize,
    // In the order in which they end: what watches the browser ends after it.
    processes: Processes,
    client: Client,
    _interception: Interception,
    gate: Arc<Gate>,
}

struct Loaded {
    reading: Reading,
    hidden: Hidden,
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
            Ok(Err(_)) | Err(_) if self.client.is_closed() => {
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

    /// Reads the form, with the choices of lists that were opened before.
    async fn reread(&mut self) -> Result<Reading, BrowserError> {
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

    fn making<'a>(&'a self, reading: &'a Reading, loaded: &'a Loaded) -> Making<'a> {
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

    /// The live form as a snapshot, and how it differs from the approved one.
    async fn compare(&mut self, approved: &FormSnapshot) -> Result<Reading, String> {
        let (reading, live) = self.read_back().await.map_err(|error| error.to_string())?;
        match describe(&approved.differences(&live)) {
            None => Ok(reading),
            Some(why) => Err(why),
        }
    }

    /// Chooses the file of an upload and waits until its answer was seen.
    async fn upload(&mut self, number: usize, field: &str) -> Result<(), String> {
        let reading = self.reread().await.map_err(|error| error.to_string())?;
        let loaded = self.loaded.as_ref().ok_or("the form was not loaded")?;
        let making = self.making(&reading, loaded);
        let (read, path) = making
            .files()
            .find(|(read, _)| read.control.name == field && read.upload.is_some())
            .map(|(read, file)| (read.clone(), file.path.clone()))
            .ok_or_else(|| format!("the field {field:?} is no longer there"))?;
        let mut stages = self.gate.stages();
        attach_now(&mut self.page, &read, &path)
            .await
            .map_err(|error| error.to_string())?;
        let answered = async {
            loop {
                match *stages.borrow_and_update() {
                    Stage::Waiting(next) if next > number => return true,
                    Stage::Open => return true,
                    Stage::Closed => return false,
                    Stage::Load
                    | Stage::Fill
                    | Stage::Waiting(_)
                    | Stage::Armed(_)
                    | Stage::Spent(_) => {}
                }
                if stages.changed().await.is_err() {
                    return false;
                }
            }
        };
        match timeout(self.waits.answer, answered).await {
            Ok(true) => {
                // The page notes the upload's answer before it is sent on.
                sleep(SETTLING).await;
                Ok(())
            }
            Ok(false) => Err(format!("the upload of {field:?} was cut off")),
            Err(_) => Err(format!(
                "the upload of {field:?} had no answer within {} s",
                self.waits.answer.as_secs()
            )),
        }
    }

    /// Presses what sends the form.
    async fn submit(&mut self) -> Result<(), String> {
        let selector = By::Css(self.visit.recipe.submit.clone());
        let pressed = async {
            let control = self.processes.driver.find(selector).await?;
            control.click().await
        };
        match timeout(self.waits.answer, pressed).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(format!("the form could not be sent: {error}")),
            Err(_) => Err("the form could not be sent: nothing happened".to_owned()),
        }
    }

    async fn try_release(&mut self, permit: Permit) -> Result<Outcome, String> {
        let manifest = Manifest::decode(&permit.manifest).map_err(|error| error.to_string())?;
        let [approved] = manifest.snapshots.as_slice() else {
            return Err("the manifest is not of one page".to_owned());
        };
        let reading = self.compare(approved).await?;
        let loaded = self.loaded.as_ref().ok_or("the form was not loaded")?;
        let making = self.making(&reading, loaded);
        let releases = making.releases().map_err(|error| error.to_string())?;
        if releases != manifest.releases {
            return Err("what would leave is not what was approved".to_owned());
        }
        let order = ReleaseOrder {
            permit,
            files: making.files().map(|(_, file)| file.clone()).collect(),
            sent_as: reading
                .fields
                .iter()
                .map(|field| field.sent.clone())
                .collect(),
            hidden_names: reading
                .hidden
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
            protected: protected(&self.visit.protected, approved),
        };
        self.gate
            .permit(order)
            .await
            .map_err(|error| error.to_string())?;
        let mut after_uploads = approved.clone();
        for (number, release) in manifest.releases.iter().enumerate() {
            match &release.kind {
                ReleaseKind::Upload { field } => {
                    self.upload(number, field).await?;
                    after_uploads.fields.retain(|kept| kept.name != *field);
                }
                ReleaseKind::Submit => {
                    self.submission =
                        format!("{} {}{}", release.method, release.origin, release.path);
                    self.refused_before = self.gate.report().requests.len();
                    self.compare_again(&after_uploads).await?;
                    self.submit().await?;
                }
            }
        }
        Ok(await_outcome(&mut self.awaited()).await)
    }

    /// Looks once more, right before sending. What an upload changes on the page
    /// (its own field, the address of the file) is left out.
    async fn compare_again(&mut self, approved: &FormSnapshot) -> Result<(), String> {
        let reading = self.reread().await.map_err(|error| error.to_string())?;
        let loaded = self.loaded.as_ref().ok_or("the form was not loaded")?;
        let mut live = self
            .making(&reading, loaded)
            .snapshot()
            .map_err(|error| error.to_string())?;
        let uploaded = |name: &str| !approved.fields.iter().any(|field| field.name == name);
        let mut expected = approved.clone();
        if expected.files.iter().any(|file| uploaded(&file.field)) {
            live.fields.retain(|field| {
                !expected
                    .files
                    .iter()
                    .any(|file| file.field == field.name && uploaded(&file.field))
            });
            live.files.clone_from(&expected.files);
            let empty = agent_approval::Sha256::of(b"");
            // A hidden value that was empty may now hold where the file is; the
            // gate still looks for what must not be in it.
            let filled = |name: &str| {
                !expected
                    .pinned
                    .iter()
                    .any(|pinned| pinned.name == name && pinned.sha256 != empty)
            };
            live.pinned.retain(|pinned| !filled(&pinned.name));
            expected.pinned.retain(|pinned| pinned.sha256 != empty);
        }
        describe(&expected.differences(&live)).map_or(Ok(()), Err)
    }

    fn awaited(&mut self) -> Awaited<'_> {
        Awaited {
            page: &mut self.page,
            recipe: &self.visit.recipe,
            gate: &self.gate,
            client: &self.client,
            patience: self.waits.answer,
            submission: self.submission.clone(),
            refused_before: self.refused_before,
        }
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

/// What the person keeps, without what this manifest approves.
fn protected(kept: &[String], approved: &FormSnapshot) -> Vec<ProtectedValue> {
    let approves = |value: &str| {
        approved.fields.iter().any(|field| match &field.value {
            agent_approval::Value::Text(text) => text.contains(value),
            agent_approval::Value::Chosen(texts) => texts.iter().any(|text| text.contains(value)),
            agent_approval::Value::File(name) => name.contains(value),
            agent_approval::Value::Empty | agent_approval::Value::Ticked(_) => false,
        })
    };
    let kept = kept.iter().filter(|value| !approves(value));
    kept.map(|value| ProtectedValue {
        what: "a fact of the profile".to_owned(),
        value: value.clone(),
    })
    .collect()
}

fn describe(differences: &[agent_approval::Difference]) -> Option<String> {
    let words = differences.iter().map(|difference| {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        format!(
            "{}: {} instead of {}",
            difference.field,
            side(&difference.after),
            side(&difference.before)
        )
    });
    let words: Vec<_> = words.collect();
    (!words.is_empty()).then(|| format!("the form is not as approved: {}", words.join("; ")))
}
