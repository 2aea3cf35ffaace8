//! What lies on disk after a kill, read before the daemon starts again.

use agent_browser::gate::Journal;
use agent_core::{
    application::{IntentId, Stage},
    ids::ApplicationId,
};
use agent_store::{Reader, Store, StoreError};

use crate::harness::{Home, applying::wire};

/// What a kill left of one application.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) stage: Stage,
    /// What the gate wrote down, where an intent has no end.
    pub(crate) journal: Option<Journal>,
}

impl Left {
    /// Reads a copy, so that nothing is mended before the daemon mends it.
    pub(crate) fn read(home: &Home, id: &str) -> Self {
        let id: ApplicationId = id.parse().unwrap();
        let application = stored(home, move |reader| reader.application(id));
        let stage = application.unwrap().state.stage;
        let journal = match stage {
            Stage::Submitting { intent, .. } => Some(journal(home, intent)),
            _ => None,
        };
        Self { stage, journal }
    }

    /// Whether a byte of the form may have left.
    pub(crate) fn may_have_left(&self) -> bool {
        self.in_doubt()
            || matches!(
                self.stage,
                Stage::Submitted { .. } | Stage::OutcomeUnknown { .. }
            )
    }

    /// Whether a byte of the form may have left without an end that is known.
    pub(crate) fn in_doubt(&self) -> bool {
        self.journal
            .is_some_and(|journal| journal.forwarded_at_least() > 0)
    }
}

fn journal(home: &Home, intent: IntentId) -> Journal {
    let file = format!("{}.journal", intent.0);
    Journal::read(&home.paths().gate_dir().join(file))
}

/// Asks a copy of the database.
pub(crate) fn stored<T: Send + 'static>(
    home: &Home,
    ask: impl FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
) -> T {
    let copy = tempfile::tempdir().unwrap();
    let (from, to) = (home.paths().database(), copy.path().join("copy.db"));
    std::fs::copy(&from, &to).unwrap();
    let beside =
        |path: &std::path::Path| std::path::PathBuf::from(format!("{}-wal", path.display()));
    if beside(&from).exists() {
        std::fs::copy(beside(&from), beside(&to)).unwrap();
    }
    wire(async {
        let store = Store::open(&to).unwrap();
        let answer = store.read(ask).await.unwrap();
        store.close().await;
        answer
    })
}
