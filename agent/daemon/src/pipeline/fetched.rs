//! Remembers where the last page came from, for `explain`.

use std::sync::{Mutex, PoisonError};

use agent_portal::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Waited};

/// Hands fetches on and keeps the address that answered last.
pub(super) struct LastFetched<F> {
    fetch: F,
    address: Mutex<Option<String>>,
}

impl<F> LastFetched<F> {
    pub(super) fn new(fetch: F) -> Self {
        Self {
            fetch,
            address: Mutex::new(None),
        }
    }

    /// The address that answered last; `None` before the first answer.
    pub(super) fn address(&self) -> Option<String> {
        self.address
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[async_trait::async_trait]
impl<F: Fetch> Fetch for LastFetched<F> {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let response = self.fetch.fetch(request).await?;
        *self.address.lock().unwrap_or_else(PoisonError::into_inner) = Some(response.url.clone());
        Ok(response)
    }

    fn waited(&self) -> Waited {
        self.fetch.waited()
    }
}
