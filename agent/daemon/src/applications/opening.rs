//! The opening behind an application: what is kept of it, and what its portal
//! says of it now.

use agent_api::reason;
use agent_approval::PluginRef;
use agent_core::{form::Recipe, ids::JobId, job::Job};
use agent_portal::{
    error::{PluginError, PortalError},
    host::Board,
};
use agent_store::{Application, SourceRow};

use super::applied_already;
use crate::{
    by_hand::BY_HAND,
    fault::{Fault, Kind},
    handle::Handle,
    pipeline, plugins,
};

/// A posting of the corpus and the board it is on.
pub(super) struct Opening {
    pub(super) job: Job,
    pub(super) source: SourceRow,
}

/// What the portal says now.
pub(super) enum Live {
    /// It is there, and this is its form.
    Open {
        recipe: Box<Recipe>,
        plugin: PluginRef,
    },
    /// It is there no more.
    Closed,
}

/// Refuses to send an application to an opening that was applied to through
/// another of its postings; the store refuses it, too.
pub(super) async fn refuse_sent(handle: &Handle, application: &Application) -> Result<(), Fault> {
    let (Some(job), id) = (application.job, application.id) else {
        return Ok(());
    };
    let sent = handle
        .store
        .read(move |reader| reader.sent_through_other(job, id))
        .await?;
    sent.map_or(Ok(()), |sent| Err(applied_already(&sent)))
}

/// Reads a job and its board.
pub(super) async fn of_job(handle: &Handle, id: JobId) -> Result<Opening, Fault> {
    let found = handle
        .store
        .read(move |reader| {
            let Some(stored) = reader.job(id)? else {
                return Ok(None);
            };
            let source = reader.source(stored.job.source)?;
            Ok(source.map(|source| Opening {
                job: stored.job,
                source,
            }))
        })
        .await?;
    found.ok_or_else(|| {
        Fault::new(
            Kind::NotFound,
            reason::UNKNOWN_ID,
            format!("the job {id} is no longer kept"),
        )
    })
}

impl Opening {
    /// Names the opening across its postings, on whichever boards they are: one
    /// opening has one key, and is applied to once. What an application to another
    /// of its postings is named by is the key; the person's word that this posting
    /// is an opening of its own stands against that, and against the portal's.
    pub(super) async fn key(&self, handle: &Handle) -> Result<String, Fault> {
        pipeline::cluster(handle).await?;
        let id = self.job.id;
        let (known, split) = handle
            .store
            .read(move |reader| Ok((reader.application_of_cluster(id)?, reader.is_split(id)?)))
            .await?;
        if let Some(known) = known {
            return Ok(known.opening);
        }
        let (plugin, board) = (&self.source.plugin, &self.source.key);
        Ok(match &self.job.group_id {
            _ if split => format!("{plugin}/{board}/posting/{}", self.job.external_id),
            Some(group) => format!("{plugin}/{board}/{group}"),
            None => format!("{plugin}/{board}/{}", self.job.external_id),
        })
    }

    fn board(&self) -> Board {
        Board {
            key: self.source.key.clone(),
            url: self.source.url.clone(),
            company: Some(self.source.company.clone()),
        }
    }

    /// Asks the portal whether the posting is still there, and for its form.
    pub(super) async fn live(&self, handle: &Handle) -> Result<Live, Fault> {
        if self.source.plugin == BY_HAND {
            return Err(self.added_by_hand());
        }
        let plugin = plugins::installed(handle, &self.source.plugin)
            .await?
            .for_board(&self.source.url);
        let id = plugin.id.clone();
        let row = handle.store.read(move |reader| reader.plugin(&id)).await?;
        let version = row.map(|row| row.version).unwrap_or_default();
        let mut session = plugins::open(handle, &plugin, "form").await?;
        let (board, id) = (self.board(), &self.job.external_id);
        let there = session.detail(&board, id).await;
        let recipe = match there {
            Ok(_) => session.form(&board, id).await,
            Err(error) => Err(error),
        };
        session.close().await;
        match recipe {
            Ok(recipe) => Ok(Live::Open {
                recipe: Box::new(recipe),
                plugin: PluginRef {
                    id: plugin.id,
                    version,
                    sha256: agent_approval::Sha256::from_bytes(*plugin.sha256.as_bytes()),
                },
            }),
            Err(PluginError::Portal {
                error: PortalError::Gone(_),
                ..
            }) => Ok(Live::Closed),
            Err(PluginError::Portal {
                error: PortalError::Unsupported,
                ..
            }) => Err(self.no_form()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the portal still lists the posting.
    pub(super) async fn is_open(&self, handle: &Handle) -> Result<bool, Fault> {
        if self.source.plugin == BY_HAND {
            return Err(self.added_by_hand());
        }
        let plugin = plugins::installed(handle, &self.source.plugin)
            .await?
            .for_board(&self.source.url);
        let mut session = plugins::open(handle, &plugin, "liveness").await?;
        let there = session.detail(&self.board(), &self.job.external_id).await;
        session.close().await;
        match there {
            Ok(_) => Ok(true),
            Err(PluginError::Portal {
                error: PortalError::Gone(_),
                ..
            }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn added_by_hand(&self) -> Fault {
        let message = "the opening was added by hand, so no plugin knows its form";
        Fault::new(Kind::Refused, reason::NO_FORM, message).hint(format!(
            "see your answers: agentctl prepare --by-hand {}",
            self.job.id
        ))
    }

    fn no_form(&self) -> Fault {
        let message = format!("the plugin {} does not know this form", self.source.plugin);
        Fault::new(Kind::Refused, reason::NO_FORM, message).hint(format!(
            "see your answers: agentctl prepare --by-hand {}",
            self.job.id
        ))
    }
}
