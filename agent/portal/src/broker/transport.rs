//! The last step of a request: the HTTP client in service, a script in tests.

use async_trait::async_trait;
use reqwest::{Client, Request, Response};

use super::client::{failure, never_connected};
use crate::fetch::FetchError;

/// A request that got no answer.
#[derive(Debug)]
pub(super) struct NoAnswer {
    pub(super) error: FetchError,
    /// Whether anything of it may have left.
    pub(super) sent: bool,
}

/// Sends a request and reads the head of its answer.
#[async_trait]
pub(super) trait Transport: Send + Sync {
    async fn send(&self, request: Request) -> Result<Response, NoAnswer>;
}

#[async_trait]
impl Transport for Client {
    async fn send(&self, request: Request) -> Result<Response, NoAnswer> {
        self.execute(request).await.map_err(|error| NoAnswer {
            sent: !never_connected(&error),
            error: failure(error),
        })
    }
}
