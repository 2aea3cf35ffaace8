//! What answers a component's fetches during a check: a recording, or a portal
//! that answers everything alike.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse};
use crate::har::Replay;

/// The scene a session plays in; it can be changed between calls.
#[derive(Clone)]
pub(super) struct Stage {
    shared: Arc<Shared>,
}

struct Shared {
    scene: Mutex<Scene>,
    fetches: AtomicU32,
}

#[derive(Clone)]
enum Scene {
    /// The recording, by its usual rules.
    Nearest(Arc<Replay>),
    /// The recording's answers to exactly what was asked.
    Exact(Arc<Replay>),
    /// The same answer whatever is asked.
    Always(Result<(u16, &'static str), FetchError>),
}

impl Stage {
    pub(super) fn new(replay: Replay) -> Self {
        Self {
            shared: Arc::new(Shared {
                scene: Mutex::new(Scene::Nearest(Arc::new(replay))),
                fetches: AtomicU32::new(0),
            }),
        }
    }

    /// The session's way out.
    pub(super) fn fetch(&self) -> Arc<dyn Fetch> {
        Arc::clone(&self.shared) as Arc<dyn Fetch>
    }

    /// Plays another recording from its beginning.
    pub(super) fn put(&self, replay: Replay) {
        self.set(Scene::Nearest(Arc::new(replay)));
    }

    /// Answers everything alike: with a status and a body, or not at all.
    pub(super) fn always(&self, answer: Result<(u16, &'static str), FetchError>) {
        self.set(Scene::Always(answer));
    }

    /// Whether the recording answers only what it holds word for word.
    pub(super) fn exactly(&self, exactly: bool) {
        let scene = match (self.scene(), exactly) {
            (Scene::Nearest(replay) | Scene::Exact(replay), true) => Scene::Exact(replay),
            (Scene::Nearest(replay) | Scene::Exact(replay), false) => Scene::Nearest(replay),
            (always @ Scene::Always(_), _) => always,
        };
        self.set(scene);
    }

    /// Exchanges of the recording that were not asked for yet.
    pub(super) fn left(&self) -> usize {
        match self.scene() {
            Scene::Nearest(replay) | Scene::Exact(replay) => replay.left(),
            Scene::Always(_) => 0,
        }
    }

    /// How many requests were made so far.
    pub(super) fn fetches(&self) -> u32 {
        self.shared.fetches.load(Ordering::Relaxed)
    }

    fn scene(&self) -> Scene {
        self.shared.scene()
    }

    fn set(&self, scene: Scene) {
        *self
            .shared
            .scene
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = scene;
    }
}

impl Shared {
    fn scene(&self) -> Scene {
        self.scene
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[async_trait]
impl Fetch for Shared {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        self.fetches.fetch_add(1, Ordering::Relaxed);
        match self.scene() {
            Scene::Nearest(replay) => replay.fetch(request).await,
            Scene::Exact(replay) if replay.holds(&request) => replay.fetch(request).await,
            Scene::Exact(_) => Err(FetchError::NoRecordedAnswer {
                request: request.url,
            }),
            Scene::Always(answer) => answer.map(|(status, body)| FetchResponse {
                status,
                url: request.url,
                content_type: "application/json".to_owned(),
                body: body.as_bytes().to_vec(),
            }),
        }
    }
}
