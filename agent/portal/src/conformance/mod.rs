//! Whether a component keeps the contract: it is run over a recording, under the
//! real limits, and what it hands over is judged. Nothing is fetched.
//!
//! The same check serves a plugin's author, who has one recording, and the
//! evaluation, which has many.
#![deny(clippy::indexing_slicing)]

mod fill;
mod judge;
mod line;
mod markup;
mod probe;
mod report;
mod run;
mod stage;

use std::path::Path;

pub use self::fill::Fill;
pub use self::line::Line;
pub use self::report::{Details, Finding, Kind, Report, Tested};
use self::run::Run;
use self::stage::Stage;
use crate::error::PluginError;
use crate::har::{Har, HarError, Replay};
use crate::host::{InstalledPlugin, PluginHost, Reach};

/// What is checked, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// File of the component.
    pub component: &'a Path,
    /// File of the recording.
    pub recording: &'a Path,
    /// Address of the recorded board, as a person would give it.
    pub board: &'a str,
}

/// Why there is no verdict; what a component does wrong is a [`Finding`] instead.
#[derive(Debug, thiserror::Error)]
pub enum ConformanceError {
    /// The recording cannot be used.
    #[error(transparent)]
    Recording(#[from] HarError),
    /// The component's file cannot be read.
    #[error(transparent)]
    Component(PluginError),
}

/// Runs a component over a recording and judges it. It is granted the hosts it
/// asks for and, by its reach, the board's own.
pub async fn check(host: &PluginHost, subject: &Subject<'_>) -> Result<Report, ConformanceError> {
    let har = Har::from_path(subject.recording)?;
    let mut report = Report::default();
    let inspected = match host.inspect(subject.component).await {
        Ok(inspected) => inspected,
        Err(error @ PluginError::Unreadable { .. }) => {
            return Err(ConformanceError::Component(error));
        }
        Err(error) => {
            report.find(Kind::Refused, error.to_string());
            return Ok(report);
        }
    };
    let manifest = &inspected.manifest;
    report.plugin = Some(Tested::of(&inspected));
    let plugin = InstalledPlugin {
        id: manifest.id.clone(),
        sha256: inspected.sha256,
        path: subject.component.to_owned(),
        hosts: manifest.hosts.clone(),
        form_hosts: manifest.form_hosts.clone(),
        reach: manifest.reach,
        terms_accepted: manifest.terms.is_some(),
    }
    .for_board(subject.board);

    let stage = Stage::new(Replay::from_har(har.clone())?);
    let mut session = match host.open(&plugin, stage.fetch()).await {
        Ok(session) => session,
        Err(error) => {
            report.call_failed("the start", &error);
            return Ok(report);
        }
    };
    let board = match session.claim(subject.board).await {
        Ok(Some(board)) => board,
        Ok(None) => {
            let what = format!("it does not claim {}", subject.board);
            report.find(Kind::Unclaimed, what);
            return Ok(report);
        }
        Err(error) => {
            report.call_failed("claim", &error);
            return Ok(report);
        }
    };
    if plugin.reach != Reach::Portal && !plugin.may_ask(&board.url) {
        let what = format!("it names the board {}, at another host", board.url);
        report.find(Kind::Claim, what);
    }
    match session.claim(&board.url).await {
        Ok(Some(again)) if again.key == board.key => {}
        Ok(_) => {
            let what = format!(
                "it does not claim {}, its own address of the board",
                board.url
            );
            report.find(Kind::Claim, what);
        }
        Err(error) => report.call_failed("claim", &error),
    }
    report.board = Some(board.clone());

    let mut run = Run::new(&mut session, &board);
    let mut postings = run.pages(&mut report).await;
    if manifest.supports.contains(&crate::host::Capability::Detail) {
        run.details(&stage, &mut postings, &mut report).await;
    }
    report.fetches = stage.fetches();
    judge::postings(&plugin.id, &board, &postings, &mut report);

    stage.put(Replay::from_har(har)?);
    run.again(&mut report).await;
    // One that breaks down on good answers says nothing by breaking down on bad ones.
    if !report.broke_down() {
        probe::errors(&mut run, &stage, plugin.reach, &mut report).await;
    }
    session.close().await;
    Ok(report)
}
