//! `agent.v1.Daemon`

use std::pin::Pin;

use agent_api::v1::{self, daemon_server::Daemon};
use agent_store::{EventId, stages};
use futures::Stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{
    applications::pause::{self, Switch},
    config, doctor,
    handle::Handle,
    inbox, notify, scheduler, tiers,
};

/// Events read from the table at a time.
const BATCH: u32 = 256;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Daemon for Service {
    async fn status(
        &self,
        _: Request<v1::StatusRequest>,
    ) -> Result<Response<v1::StatusResponse>, Status> {
        let handle = &self.0;
        let (counts, sources, plugins, profile, bytes, paused, stages) = handle
            .store
            .read(|reader| {
                Ok((
                    reader.job_counts()?,
                    reader.sources()?.len(),
                    reader.plugins()?.len(),
                    reader.profile()?.is_some(),
                    reader.database_bytes()?,
                    reader.paused_since()?.is_some(),
                    reader.application_counts()?,
                ))
            })
            .await
            .map_err(of)?;
        let rhythm = scheduler::rhythm(handle).await?;
        let shown = tiers::glance(handle).await?;
        let supervision = convert::supervision(
            config::service_manager(),
            config::watchdog(),
            notify::glance(handle).await?,
        );
        Ok(Response::new(v1::StatusResponse {
            version: agent_api::VERSION.to_owned(),
            protocol: agent_api::PROTOCOL,
            home: handle.home.root().display().to_string(),
            practice: handle.practice,
            pid: std::process::id(),
            started: Some(convert::time(handle.started)),
            activity: activity(handle).await,
            sources: u32::try_from(sources).unwrap_or(u32::MAX),
            plugins: u32::try_from(plugins).unwrap_or(u32::MAX),
            jobs_open: counts.open,
            jobs_closed: counts.closed,
            jobs_ranked: counts.ranked,
            has_profile: profile,
            last_sync: rhythm.last.map(convert::time),
            next_sync: rhythm.next.map(convert::time),
            database_bytes: bytes,
            vectors: handle.space().name,
            upper: convert::upper(&shown),
            at_work: handle
                .chat
                .progress()
                .borrow()
                .iter()
                .map(convert::at_work)
                .collect(),
            paused,
            supervision: Some(supervision),
            waiting: stages
                .iter()
                .filter(|(stage, _)| stages::WAITING.contains(stage))
                .map(|(_, count)| count)
                .sum(),
        }))
    }

    async fn doctor(
        &self,
        _: Request<v1::DoctorRequest>,
    ) -> Result<Response<v1::DoctorResponse>, Status> {
        let findings = doctor::examine(&self.0).await;
        Ok(Response::new(v1::DoctorResponse {
            findings: findings.into_iter().map(convert::finding).collect(),
        }))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<v1::Event, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<v1::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let v1::WatchRequest { after, stored_only } = request.into_inner();
        let (sender, events) = mpsc::channel(BATCH as usize);
        tokio::spawn(follow(self.0.clone(), after, stored_only, sender));
        Ok(Response::new(Box::pin(ReceiverStream::new(events))))
    }

    async fn inbox(
        &self,
        _: Request<v1::InboxRequest>,
    ) -> Result<Response<v1::InboxResponse>, Status> {
        let items = inbox::items(&self.0)
            .await?
            .into_iter()
            .map(|item| v1::InboxItem {
                kind: item.kind.to_owned(),
                text: item.text,
                command: item.command,
            });
        Ok(Response::new(v1::InboxResponse {
            items: items.collect(),
        }))
    }

    async fn pause(
        &self,
        _: Request<v1::PauseRequest>,
    ) -> Result<Response<v1::PauseResponse>, Status> {
        let unchanged = pause::set(&self.0, Switch::On).await?;
        Ok(Response::new(v1::PauseResponse {
            paused: true,
            unchanged,
        }))
    }

    async fn unpause(
        &self,
        _: Request<v1::PauseRequest>,
    ) -> Result<Response<v1::PauseResponse>, Status> {
        let unchanged = pause::set(&self.0, Switch::Off).await?;
        Ok(Response::new(v1::PauseResponse {
            paused: false,
            unchanged,
        }))
    }

    async fn shutdown(
        &self,
        _: Request<v1::ShutdownRequest>,
    ) -> Result<Response<v1::ShutdownResponse>, Status> {
        self.0.shutdown.cancel();
        Ok(Response::new(v1::ShutdownResponse {}))
    }
}

/// What is being done, in words; empty when nothing is.
async fn activity(handle: &Handle) -> String {
    let sync = handle.conductor.activity().await;
    match (handle.desk.roster.busy(), sync.is_empty()) {
        (0, _) => sync,
        (1, true) => "work on 1 application".into(),
        (many, true) => format!("work on {many} applications"),
        (busy, false) => format!("{sync}, work on {busy} applications"),
    }
}

/// Sends stored events, then new ones as they are written, until the client or
/// the daemon goes. The table is the truth; the signal only says when to look.
async fn follow(
    handle: Handle,
    after: i64,
    stored_only: bool,
    to: mpsc::Sender<Result<v1::Event, Status>>,
) {
    let mut news = handle.news.subscribe();
    let mut last = EventId(after);
    loop {
        // Marked as seen before reading, so that what is written meanwhile wakes us again.
        news.mark_unchanged();
        let events = match handle
            .store
            .read(move |reader| reader.events_after(last, BATCH))
            .await
        {
            Ok(events) => events,
            Err(error) => {
                let _ = to.send(Err(of(error))).await;
                return;
            }
        };
        let more = !events.is_empty();
        for event in events {
            last = event.id;
            if to.send(Ok(convert::event(event))).await.is_err() {
                return;
            }
        }
        if more {
            continue;
        }
        if stored_only {
            return;
        }
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = to.closed() => return,
            changed = news.changed() => if changed.is_err() { return },
        }
    }
}
