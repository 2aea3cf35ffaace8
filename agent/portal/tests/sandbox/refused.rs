//! What is no file to read. Files that are no component, or one that asks for too
//! much, are in the catalogue of attacks (`tests/hostile`).

use agent_portal::error::PluginError;
use agent_portal::limits::Limits;

use crate::support::{Bench, built};

#[tokio::test]
async fn a_path_that_leads_to_no_file_is_told_as_such() {
    let bench = Bench::new(Limits::default());
    let inspected = bench.host.inspect(&built("lever.wasm")).await.unwrap();
    assert_eq!(inspected.manifest.id, "lever");
    let error = bench.host.inspect(bench.folder.path()).await;
    assert!(
        matches!(error, Err(PluginError::NotAComponent { .. })),
        "{error:?}"
    );
    let error = bench
        .host
        .inspect(&bench.folder.path().join("none.wasm"))
        .await;
    assert!(
        matches!(error, Err(PluginError::Unreadable { .. })),
        "{error:?}"
    );
}
