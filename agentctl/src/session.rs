//! One command's talk with the daemon: the home, the connection, the handshake.

use agent_api::client::{self, ConnectError};
use agent_api::paths::{Environment, Home};
use agent_api::v1::answers_client::AnswersClient;
use agent_api::v1::applications_client::ApplicationsClient;
use agent_api::v1::daemon_client::DaemonClient;
use agent_api::v1::data_client::DataClient;
use agent_api::v1::documents_client::DocumentsClient;
use agent_api::v1::feedback_client::FeedbackClient;
use agent_api::v1::goals_client::GoalsClient;
use agent_api::v1::jobs_client::JobsClient;
use agent_api::v1::keys_client::KeysClient;
use agent_api::v1::models_client::ModelsClient;
use agent_api::v1::notices_client::NoticesClient;
use agent_api::v1::plugins_client::PluginsClient;
use agent_api::v1::profile_client::ProfileClient;
use agent_api::v1::reports_client::ReportsClient;
use agent_api::v1::reviews_client::ReviewsClient;
use agent_api::v1::schedules_client::SchedulesClient;
use agent_api::v1::searches_client::SearchesClient;
use agent_api::v1::sources_client::SourcesClient;
use agent_api::v1::{StatusRequest, StatusResponse};
use agent_api::{MAX_MESSAGE_BYTES, PROTOCOL, VERSION};
use tonic::transport::Channel;

use crate::error::{Failure, Kind};
use crate::output::Output;

/// The home a command works on.
#[derive(Debug)]
pub(crate) struct Place {
    /// Its paths.
    pub(crate) home: Home,
    /// Whether `--home` or `AGENTD_HOME` named it, which a daemon started from here must know.
    pub(crate) named: bool,
}

impl Place {
    /// Finds the home that `--home` or the environment names.
    pub(crate) fn find(home: Option<std::path::PathBuf>) -> Result<Self, Failure> {
        let mut environment = Environment::of_process();
        if home.is_some() {
            environment.agentd_home = home;
        }
        Ok(Self {
            home: Home::resolve(&environment)?,
            named: environment.agentd_home.is_some(),
        })
    }
}

/// A connection to a daemon that speaks our protocol.
#[derive(Debug)]
pub(crate) struct Session {
    channel: Channel,
    /// What the daemon said of itself.
    pub(crate) status: StatusResponse,
}

macro_rules! clients {
    ($($name:ident: $client:ident),+ $(,)?) => {
        $(
            #[doc = concat!("Client of the service of this name.")]
            pub(crate) fn $name(&self) -> $client<Channel> {
                $client::new(self.channel.clone())
                    .max_decoding_message_size(MAX_MESSAGE_BYTES)
                    .max_encoding_message_size(MAX_MESSAGE_BYTES)
            }
        )+
    };
}

impl Session {
    /// Connects and shakes hands.
    pub(crate) async fn open(place: &Place, output: &mut Output) -> Result<Self, Failure> {
        let session = Self::open_any(place, output).await?;
        check_protocol(&session.status)?;
        Ok(session)
    }

    /// Connects to a daemon of any protocol, to look at it or to stop it.
    pub(crate) async fn open_any(place: &Place, output: &mut Output) -> Result<Self, Failure> {
        let channel = client::connect(&place.home)
            .await
            .map_err(|error| advise(error, place))?;
        let status = DaemonClient::new(channel.clone())
            .status(StatusRequest {})
            .await?
            .into_inner();
        if status.practice {
            output.mark_practice();
        }
        Ok(Self { channel, status })
    }

    clients! {
        answers: AnswersClient,
        applications: ApplicationsClient,
        daemon: DaemonClient,
        data: DataClient,
        documents: DocumentsClient,
        feedback: FeedbackClient,
        goals: GoalsClient,
        jobs: JobsClient,
        keys: KeysClient,
        models: ModelsClient,
        notices: NoticesClient,
        plugins: PluginsClient,
        profile: ProfileClient,
        reports: ReportsClient,
        reviews: ReviewsClient,
        schedules: SchedulesClient,
        searches: SearchesClient,
        sources: SourcesClient,
    }

    /// The connection itself, for the standard health service.
    pub(crate) fn channel(&self) -> Channel {
        self.channel.clone()
    }
}

/// Tells a first-time user where to begin.
fn advise(error: ConnectError, place: &Place) -> Failure {
    let first_time =
        matches!(error, ConnectError::NotRunning { .. }) && !place.home.database().exists();
    match first_time {
        true => Failure::new(Kind::NotRunning, "the daemon is not running")
            .hint("new here? begin with: agentctl init CV (reads your CV, starts the daemon)"),
        false => Failure::from(error),
    }
}

fn check_protocol(status: &StatusResponse) -> Result<(), Failure> {
    if status.protocol == PROTOCOL {
        return Ok(());
    }
    let failure = Failure::new(
        Kind::Protocol,
        format!(
            "the daemon (version {}) speaks protocol {} and this agentctl (version {VERSION}) protocol {PROTOCOL}",
            status.version, status.protocol
        ),
    );
    Err(if status.protocol < PROTOCOL {
        failure.hint("the daemon is older; restart it with: agentctl stop, then agentctl start")
    } else {
        failure.hint("agentctl is older; use the one that came with the daemon")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(protocol: u32, expected: Option<&str>) {
        let status = StatusResponse {
            protocol,
            version: "9.9.9".to_owned(),
            ..StatusResponse::default()
        };
        let failure = check_protocol(&status).err();
        let hint = failure.map(|failure| {
            assert_eq!(failure.kind().code(), 4);
            failure.json()["hint"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        });
        assert_eq!(
            hint.as_deref()
                .map(|hint| hint.split(';').next().unwrap_or_default()),
            expected
        );
    }

    #[test]
    fn another_protocol_is_refused_and_the_older_side_named() {
        check(PROTOCOL, None);
        check(PROTOCOL + 1, Some("agentctl is older"));
        check(PROTOCOL - 1, Some("the daemon is older"));
    }
}
