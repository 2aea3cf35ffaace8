//! The release: compare once more, let the approved requests out in their order,
//! and read what became of them.

use std::time::Duration;

use agent_approval::{
    Difference, FormSnapshot, Manifest, ProtectedValue, ReleaseKind, Sha256, Value,
};
use thirtyfour::By;
use tokio::time::{sleep, timeout};

use super::{
    answer::Watch,
    outcome::{Awaited, await_outcome},
    session::ChromiumSession,
};
use crate::{
    form::{fill::attach_now, read::Reading},
    gate::{ReleaseOrder, Stage},
    session::{Outcome, Permit},
};

/// A page notes an upload's answer before its form is sent on.
const SETTLING: Duration = Duration::from_millis(250);

impl ChromiumSession {
    /// Reads the form and compares it with the approved one.
    async fn compare(&mut self, approved: &FormSnapshot) -> Result<Reading, String> {
        let reading = self.reread().await.map_err(|error| error.to_string())?;
        let loaded = self.loaded.as_ref().ok_or("the form was not loaded")?;
        let live = self.making(&reading, loaded).snapshot();
        let live = live.map_err(|error| error.to_string())?;
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

    /// Releases what the permit allows; why not, when it could not be done.
    pub(super) async fn try_release(&mut self, permit: Permit) -> Result<Outcome, String> {
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
                    let watch = Watch::start(&self.page, self.submission.clone()).await;
                    self.answer = Some(watch.map_err(|error| error.to_string())?);
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
            let empty = Sha256::of(b"");
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

    /// What is looked at to know the outcome.
    pub(super) fn awaited(&mut self) -> Awaited<'_> {
        Awaited {
            page: &mut self.page,
            recipe: &self.visit.recipe,
            gate: &self.gate,
            client: &self.client,
            patience: self.waits.answer,
            submission: self.submission.clone(),
            answer: self.answer.as_ref(),
            refused_before: self.refused_before,
        }
    }
}

/// What the person keeps, without what this manifest approves.
fn protected(kept: &[String], approved: &FormSnapshot) -> Vec<ProtectedValue> {
    let approves = |value: &str| {
        approved.fields.iter().any(|field| match &field.value {
            Value::Text(text) => text.contains(value),
            Value::Chosen(texts) => texts.iter().any(|text| text.contains(value)),
            Value::File(name) => name.contains(value),
            Value::Empty | Value::Ticked(_) => false,
        })
    };
    let kept = kept.iter().filter(|value| !approves(value));
    kept.map(|value| ProtectedValue {
        what: "a fact of the profile".to_owned(),
        value: value.clone(),
    })
    .collect()
}

fn describe(differences: &[Difference]) -> Option<String> {
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
