//! The opening behind an application: what is kept of it, and what its portal
//! says of it now.

use agent_api::reason;
use agent_approval::PluginRef;
use agent_core::{
    form::{Question, Recipe, usual_questions},
    ids::JobId,
    job::Job,
};
use agent_portal::{
    error::{PluginError, PortalError},
    host::Board,
};
use agent_store::{Application, SourceRow};

use super::applied_already;
use crate::{
    by_hand::BY_HAND,
    fault::{Fault, Kind, shown},
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
    /// It is there, and only a person can fill its form.
    ByHand(ByHand),
    /// It is there no more.
    Closed,
}

/// A form that is left to the person.
pub(super) struct ByHand {
    /// Why.
    pub(super) why: String,
    /// Where they find it.
    pub(super) url: String,
    /// What it asks; what most forms ask, where its portal does not say.
    pub(super) questions: Vec<Question>,
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
            let why = "the opening was added by hand, so no plugin knows its form";
            return Ok(self.by_hand(why.to_owned()));
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
            Ok(Recipe {
                by_hand: Some(why),
                url,
                questions,
                ..
            }) => Ok(Live::ByHand(ByHand {
                why,
                url,
                questions,
            })),
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
            }) => {
                let plugin = &self.source.plugin;
                Ok(self.by_hand(format!("the plugin {plugin} does not know this form")))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the portal still lists the posting.
    pub(super) async fn is_open(&self, handle: &Handle) -> Result<bool, Fault> {
        if self.source.plugin == BY_HAND {
            return Err(self.no_form("the opening was added by hand, and no plugin reads it"));
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

    fn by_hand(&self, why: String) -> Live {
        let url = self.job.apply_url.as_ref().unwrap_or(&self.job.url);
        Live::ByHand(ByHand {
            why,
            url: url.clone(),
            questions: usual_questions(),
        })
    }

    /// The fault of what only the person can do.
    pub(super) fn no_form(&self, why: &str) -> Fault {
        Fault::new(Kind::Refused, reason::NO_FORM, shown(why, 300)).hint(format!(
            "fill it yourself, with your answers beside: agentctl prepare --by-hand {}",
            self.job.id
        ))
    }
}
