//! The services of `agentctl`, a file each. They translate and call; what is
//! done is decided elsewhere.

mod answers;
mod applications;
mod convert;
mod daemon;
mod data;
mod documents;
mod feedback;
mod goals;
mod jobs;
mod keys;
mod models;
mod notices;
mod plugins;
mod profile;
mod reading;
mod reports;
mod reviews;
mod schedules;
mod searches;
mod sources;
mod status;

use agent_api::{MAX_MESSAGE_BYTES, v1};
use tonic::transport::{Server, server::Router};

use crate::handle::Handle;

/// All services and the standard health service, which says SERVING.
pub(crate) async fn router(handle: Handle) -> Router {
    let (health, health_service) = tonic_health::server::health_reporter();
    health
        .set_service_status("", tonic_health::ServingStatus::Serving)
        .await;
    macro_rules! service {
        ($server:ty, $service:expr) => {
            <$server>::new($service)
                .max_decoding_message_size(MAX_MESSAGE_BYTES)
                .max_encoding_message_size(MAX_MESSAGE_BYTES)
        };
    }
    Server::builder()
        .max_concurrent_streams(64)
        .http2_max_header_list_size(16 * 1024)
        .add_service(health_service)
        .add_service(service!(
            v1::daemon_server::DaemonServer<_>,
            daemon::Service(handle.clone())
        ))
        .add_service(service!(
            v1::profile_server::ProfileServer<_>,
            profile::Service(handle.clone())
        ))
        .add_service(service!(
            v1::sources_server::SourcesServer<_>,
            sources::Service(handle.clone())
        ))
        .add_service(service!(
            v1::plugins_server::PluginsServer<_>,
            plugins::Service(handle.clone())
        ))
        .add_service(service!(
            v1::jobs_server::JobsServer<_>,
            jobs::Service(handle.clone())
        ))
        .add_service(service!(
            v1::feedback_server::FeedbackServer<_>,
            feedback::Service(handle.clone())
        ))
        .add_service(service!(
            v1::goals_server::GoalsServer<_>,
            goals::Service(handle.clone())
        ))
        .add_service(service!(
            v1::searches_server::SearchesServer<_>,
            searches::Service(handle.clone())
        ))
        .add_service(service!(
            v1::applications_server::ApplicationsServer<_>,
            applications::Service(handle.clone())
        ))
        .add_service(service!(
            v1::documents_server::DocumentsServer<_>,
            documents::Service(handle.clone())
        ))
        .add_service(service!(
            v1::reviews_server::ReviewsServer<_>,
            reviews::Service(handle.clone())
        ))
        .add_service(service!(
            v1::answers_server::AnswersServer<_>,
            answers::Service(handle.clone())
        ))
        .add_service(service!(
            v1::keys_server::KeysServer<_>,
            keys::Service(handle.clone())
        ))
        .add_service(service!(
            v1::models_server::ModelsServer<_>,
            models::Service(handle.clone())
        ))
        .add_service(service!(
            v1::notices_server::NoticesServer<_>,
            notices::Service(handle.clone())
        ))
        .add_service(service!(
            v1::reports_server::ReportsServer<_>,
            reports::Service(handle.clone())
        ))
        .add_service(service!(
            v1::schedules_server::SchedulesServer<_>,
            schedules::Service(handle.clone())
        ))
        .add_service(service!(
            v1::data_server::DataServer<_>,
            data::Service(handle)
        ))
}
